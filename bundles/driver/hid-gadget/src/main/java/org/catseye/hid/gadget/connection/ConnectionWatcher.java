package org.catseye.hid.gadget.connection;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.hid.gadget.configfs.GadgetKeeper;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.udc.StateFile;
import org.catseye.hid.gadget.udc.SystemPaths;
import org.catseye.hid.gadget.udc.UsbState;
import org.catseye.linux.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's only thread: maintains the gadget, reopens its nodes after each bind, follows the controller's state and reads the
 * LEDs. It sleeps in one poll() on all of these, and checks once a second what the kernel does not report by itself.
 */
public final class ConnectionWatcher implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatcher.class);
    private static final long CHECK_MILLIS = 1000;
    /** Interval while nodes are missing or reports are refused. */
    private static final long SHORT_CHECK_MILLIS = 250;
    /** How long a virtual re-plug keeps the gadget unbound; hosts debounce for 0.1 s. */
    private static final long REPLUG_MILLIS = 1000;
    private static final int NODE_BROKEN = Poller.POLLERR | Poller.POLLHUP | Poller.POLLNVAL;

    private final GadgetKeeper keeper;
    private final StateFile stateFile;
    private final DeviceNodes nodes;
    private final StatusNotifier notifier;
    private final ReportSender sender;
    private final Poller poller;
    private final Map<Role, Integer> polledIndexes = new EnumMap<>(Role.class);
    private final FetchTracker fetches = new FetchTracker();
    private final AtomicReference<CompletableFuture<Void>> replugRequest = new AtomicReference<>();
    private volatile boolean stopped;
    private UsbState state = UsbState.UNKNOWN;
    private FetchEvidence evidence = FetchEvidence.NONE;
    private long checkMillis = CHECK_MILLIS;

    /** @throws IOException if the system has no resources for a poller */
    public ConnectionWatcher(GadgetKeeper keeper, SystemPaths paths, Profile profile, StatusNotifier notifier) throws IOException {
        this.keeper = keeper;
        this.stateFile = new StateFile(paths);
        this.notifier = notifier;
        this.poller = new Poller(1 + Role.values().length);
        this.sender = new ReportSender(profile, notifier, poller::wake);
        this.nodes = new DeviceNodes(keeper, sender.channels());
    }

    public ReportSender reportSender() {
        return sender;
    }

    /** Ends {@link #run()} soon; returns immediately. */
    public void stopWatching() {
        stopped = true;
        poller.wake();
    }

    /** Unplugs the USB device by software for a second. The future completes when it is bound again. */
    public CompletableFuture<Void> requestReplug() {
        CompletableFuture<Void> done = replugRequest.updateAndGet(pending -> pending == null ? new CompletableFuture<>() : pending);
        poller.wake();
        return done;
    }

    @Override
    public void run() {
        try (poller) {
            while (!stopped) {
                replugIfRequested();
                checkConnection();
                awaitEvents();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The USB keyboard stopped working", e);
            notifier.notifyOffline("internal error: " + e + "; see the log, and save the settings of the USB keyboard to restart it");
        } finally {
            closeNodes();
            stateFile.close();
        }
    }

    private void checkConnection() {
        checkMillis = CHECK_MILLIS;
        try {
            String controller = keeper.ensureDeclared();
            updateState(stateFile.readState(controller));
            openNodes();
            confirmFetching();
        } catch (IOException e) {
            closeNodes();
            notifier.notifyOffline(e.getMessage());
        }
        resendSettledPointers();
    }

    private void confirmFetching() {
        if (!state.allowsReports(keeper.canWakeHost())) {
            evidence = FetchEvidence.NONE;
            notifier.notifyOffline(state.description());
            return;
        }
        if (evidence == FetchEvidence.CONFIRMED && sender.hasFailed()) {
            evidence = FetchEvidence.NONE;
        }
        if (state == UsbState.SUSPENDED) {
            // A probe would wake the remote computer.
            evidence = FetchEvidence.CONFIRMED;
            notifier.notifyReady("the remote computer is asleep, and a key wakes it");
        } else if (evidence == FetchEvidence.NONE) {
            probeHost();
        } else if (evidence == FetchEvidence.PROBED) {
            notifier.notifyOffline(ReportSender.NOT_FETCHING);
        } else if (evidence == FetchEvidence.FETCHED && fetches.consumeSettled(Role.KEYBOARD)) {
            evidence = FetchEvidence.CONFIRMED;
            sender.clearFailures();
            notifier.notifyReady(UsbState.CONFIGURED.description());
        }
    }

    private void probeHost() {
        checkMillis = SHORT_CHECK_MILLIS;
        if (sender.hasFailed() && !sender.isRetryDue()) {
            return;
        }
        try {
            sender.sendProbe();
            sender.clearFailures();
            evidence = FetchEvidence.PROBED;
        } catch (IOException e) {
            LOG.debug("The probe was refused: {}", e.getMessage());
        }
    }

    private void resendSettledPointers() {
        for (Role role : Role.values()) {
            if (role != Role.KEYBOARD && fetches.consumeSettled(role)) {
                sender.resendState(role);
            }
        }
        if (fetches.isAnySettling()) {
            checkMillis = Math.min(checkMillis, FetchTracker.SETTLE_MILLIS);
        }
    }

    private void updateState(UsbState newState) {
        if (newState != state) {
            state = newState;
            sender.clearFailures();
        }
    }

    private void openNodes() throws IOException {
        for (Role role : sender.channels().keySet()) {
            if (!nodes.isCurrent(role)) {
                checkMillis = SHORT_CHECK_MILLIS;
                closeNode(role);
                nodes.openNode(role);
                sender.clearFailures();
            }
        }
        checkMillis = CHECK_MILLIS;
    }

    private void awaitEvents() throws IOException {
        poller.clear();
        stateFile.watchChanges(poller);
        polledIndexes.clear();
        nodes.forEachNode((role, node) -> {
            int events = selectEvents(role);
            if (events != 0) {
                polledIndexes.put(role, poller.add(node.fileDescriptor(), events));
            }
        });
        if (poller.poll(checkMillis) > 0) {
            polledIndexes.forEach((role, index) -> handleEvents(role, poller.ready(index)));
        }
        if (!nodes.areAllOpen()) {
            pauseUnlessStopped(SHORT_CHECK_MILLIS);
        }
    }

    private int selectEvents(Role role) {
        if (role == Role.KEYBOARD) {
            return Poller.POLLIN | (evidence == FetchEvidence.PROBED ? Poller.POLLOUT : 0);
        }
        return sender.channels().get(role).isWaiting() && !fetches.isSettling(role) ? Poller.POLLOUT : 0;
    }

    private void handleEvents(Role role, int ready) {
        if ((ready & NODE_BROKEN) != 0) {
            closeNode(role);
            return;
        }
        if ((ready & Poller.POLLIN) != 0) {
            sender.forwardLeds();
        }
        if ((ready & Poller.POLLOUT) != 0) {
            fetches.recordFetch(role);
            evidence = role == Role.KEYBOARD ? FetchEvidence.FETCHED : evidence;
        }
    }

    private void replugIfRequested() throws IOException {
        CompletableFuture<Void> request = replugRequest.get();
        if (request == null) {
            return;
        }
        try {
            closeNodes();
            keeper.unplugGadget();
            notifier.notifyOffline("the USB cable is being unplugged and plugged in by software");
            pauseUnlessStopped(REPLUG_MILLIS);
            keeper.ensureDeclared();
            replugRequest.set(null);
            request.complete(null);
        } catch (IOException e) {
            replugRequest.set(null);
            request.completeExceptionally(e);
        }
    }

    private void pauseUnlessStopped(long millis) throws IOException {
        poller.clear();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !stopped; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            poller.poll(left);
        }
    }

    private void closeNode(Role role) {
        nodes.closeNode(role);
        fetches.forgetFetch(role);
        evidence = role == Role.KEYBOARD ? FetchEvidence.NONE : evidence;
    }

    private void closeNodes() {
        sender.channels().keySet().forEach(this::closeNode);
    }
}
