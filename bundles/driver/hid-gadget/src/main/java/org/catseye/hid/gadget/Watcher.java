package org.catseye.hid.gadget;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.linux.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's one thread: keeps the gadget, opens its nodes again after each bind, follows the controller's state, and reads the
 * lights. It sleeps in one poll() on all of these, and looks each second at what tells nothing by itself.
 */
final class Watcher implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final long TICK_MILLIS = 1000;
    /** While nodes are missing, or reports are refused. */
    private static final long SHORT_TICK_MILLIS = 250;
    /** How long the cable is "out" in a virtual re-plug; hosts debounce for 0.1 s. */
    private static final long REPLUG_MILLIS = 1000;
    /** A Linux host throws away what comes within 50 ms after it began to fetch (drivers/hid/usbhid/hid-core.c, usbhid_open). */
    private static final long SETTLE_MILLIS = 200;
    private static final int BROKEN = Poller.POLLERR | Poller.POLLHUP | Poller.POLLNVAL;

    private final Keeper keeper;
    private final StateFile stateFile;
    private final Nodes nodes;
    private final Voice voice;
    private final Wire wire;
    private final Poller poller;
    private final Map<Role, Integer> polled = new EnumMap<>(Role.class);
    /** When the host began to fetch the reports of a function, System.nanoTime; removed when it was told the newest state. */
    private final Map<Role, Long> fetched = new EnumMap<>(Role.class);
    private final AtomicReference<CompletableFuture<Void>> replug = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile UsbState state = UsbState.UNKNOWN;
    private Proof proof = Proof.NONE;
    private long tick = TICK_MILLIS;

    /** How sure it is that somebody takes keys: "configured" alone only means that the target's USB controller was there once. */
    private enum Proof {
        NONE,
        /** A report was put before the host. */
        PROBED,
        /** The host has fetched it, just now. */
        FETCHED,
        GIVEN
    }

    Watcher(Keeper keeper, Places places, Profile profile, Voice voice) throws IOException {
        this.keeper = keeper;
        this.stateFile = new StateFile(places);
        this.voice = voice;
        this.poller = new Poller(1 + Role.values().length);
        this.wire = new Wire(profile, voice, poller::wake);
        this.nodes = new Nodes(keeper, places, wire.channels());
    }

    Wire wire() {
        return wire;
    }

    UsbState state() {
        return state;
    }

    void stop() {
        stopped = true;
        poller.wake();
    }

    /** Asks for the cable to be pulled and put back, as far as the target can tell. */
    CompletableFuture<Void> replug() {
        CompletableFuture<Void> done = replug.updateAndGet(asked -> asked == null ? new CompletableFuture<>() : asked);
        poller.wake();
        return done;
    }

    @Override
    public void run() {
        try (poller) {
            while (!stopped) {
                unplugIfAsked();
                look();
                await();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The USB keyboard stopped working", e);
            voice.offline("internal error: " + e + "; see the log, and save the settings of the USB keyboard to start it again");
        } finally {
            closeNodes();
            stateFile.close();
        }
    }

    private void look() {
        tick = TICK_MILLIS;
        try {
            String controller = keeper.keep();
            follow(stateFile.read(controller));
            openNodes();
            prove();
        } catch (IOException e) {
            closeNodes();
            voice.offline(e.getMessage());
        }
        repeat();
    }

    private void prove() {
        if (!state.listens(keeper.wakes())) {
            proof = Proof.NONE;
            voice.offline(state.words);
            return;
        }
        if (proof == Proof.GIVEN && wire.failed()) {
            proof = Proof.NONE;
        }
        if (state == UsbState.SUSPENDED) {
            // A probe would wake the target.
            proof = Proof.GIVEN;
            voice.ready("the target is asleep, and a key wakes it");
        } else if (proof == Proof.NONE) {
            probe();
        } else if (proof == Proof.PROBED) {
            voice.offline(Wire.NOT_FETCHING);
        } else if (proof == Proof.FETCHED && settled(Role.KEYBOARD)) {
            fetched.remove(Role.KEYBOARD);
            proof = Proof.GIVEN;
            wire.healed();
            voice.ready(UsbState.CONFIGURED.words);
        }
    }

    private void probe() {
        tick = SHORT_TICK_MILLIS;
        if (wire.failed() && !wire.rested()) {
            return;
        }
        try {
            wire.probe();
            wire.healed();
            proof = Proof.PROBED;
        } catch (IOException e) {
            LOG.debug("Not taken: {}", e.getMessage());
        }
    }

    /** Tells pointers that the host began to look at how things stand. */
    private void repeat() {
        for (Role role : Role.values()) {
            if (role != Role.KEYBOARD && settled(role)) {
                fetched.remove(role);
                wire.repeat(role);
            }
        }
        if (!fetched.isEmpty()) {
            tick = Math.min(tick, SETTLE_MILLIS);
        }
    }

    private boolean settled(Role role) {
        Long since = fetched.get(role);
        return since != null && System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
    }

    private void follow(UsbState now) {
        if (now != state) {
            state = now;
            wire.healed();
        }
    }

    private void openNodes() throws IOException {
        for (Role role : wire.channels().keySet()) {
            if (!nodes.current(role)) {
                tick = SHORT_TICK_MILLIS;
                close(role);
                nodes.open(role);
                wire.healed();
            }
        }
        tick = TICK_MILLIS;
    }

    private void await() throws IOException {
        poller.clear();
        stateFile.watch(poller);
        polled.clear();
        nodes.forEach((role, node) -> {
            int events = events(role);
            if (events != 0) {
                polled.put(role, poller.add(node.fd(), events));
            }
        });
        if (poller.poll(tick) > 0) {
            polled.forEach((role, index) -> hear(role, poller.ready(index)));
        }
        if (!nodes.complete()) {
            pause(SHORT_TICK_MILLIS);
        }
    }

    private int events(Role role) {
        if (role == Role.KEYBOARD) {
            return Poller.POLLIN | (proof == Proof.PROBED ? Poller.POLLOUT : 0);
        }
        return wire.channels().get(role).waiting() && !fetched.containsKey(role) ? Poller.POLLOUT : 0;
    }

    private void hear(Role role, int ready) {
        if ((ready & BROKEN) != 0) {
            close(role);
            return;
        }
        if ((ready & Poller.POLLIN) != 0) {
            wire.lights();
        }
        if ((ready & Poller.POLLOUT) != 0) {
            fetched.put(role, System.nanoTime());
            proof = role == Role.KEYBOARD ? Proof.FETCHED : proof;
        }
    }

    private void unplugIfAsked() throws IOException {
        CompletableFuture<Void> asked = replug.get();
        if (asked == null) {
            return;
        }
        try {
            closeNodes();
            keeper.unplug();
            voice.offline("the USB cable is virtually unplugged for a moment");
            pause(REPLUG_MILLIS);
            keeper.keep();
            replug.set(null);
            asked.complete(null);
        } catch (IOException e) {
            replug.set(null);
            asked.completeExceptionally(e);
        }
    }

    /** Waits, but not when the end has come. */
    private void pause(long millis) throws IOException {
        poller.clear();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !stopped; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            poller.poll(left);
        }
    }

    private void close(Role role) {
        nodes.close(role);
        fetched.remove(role);
        proof = role == Role.KEYBOARD ? Proof.NONE : proof;
    }

    private void closeNodes() {
        wire.channels().keySet().forEach(this::close);
    }
}
