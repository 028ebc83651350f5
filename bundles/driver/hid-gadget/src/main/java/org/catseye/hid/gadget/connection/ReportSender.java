package org.catseye.hid.gadget.connection;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.Leds;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.report.ReportChannel;
import org.catseye.hid.gadget.report.ReportEncoder;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/**
 * Sends reports over the functions' channels. The hub sends one report at a time; the watcher opens and closes the channels. If
 * the host does not fetch keyboard reports, the device is offline; unfetched pointer reports are no fault.
 */
public final class ReportSender {

    static final String NOT_ACCEPTING = "the remote computer does not accept input: it is off, asleep or unplugged";
    static final String NOT_FETCHING = "the remote computer does not fetch the keyboard's reports: it is asleep or still starting";

    private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MAX_DOUBLINGS = 5;

    private final int highestKeyUsage;
    private final Map<Role, ReportChannel> channels = new EnumMap<>(Role.class);
    private final StatusNotifier notifier;
    private final Runnable wakeWatcher;
    private volatile boolean failed;
    private volatile long failedNanos;
    private volatile int failures;
    private volatile long sentNanos;
    private volatile long sentReports;
    private volatile String lastError = "";
    /** The two reports of one function, guarded by its channel's monitor: the usage that is held, 0 for none. */
    private int consumerUsage;
    private int systemUsage;

    /** @param wakeWatcher called after a change that the watcher must check; must return immediately */
    ReportSender(Profile profile, StatusNotifier notifier, Runnable wakeWatcher) {
        this.highestKeyUsage = profile.highestKeyUsage();
        this.notifier = notifier;
        this.wakeWatcher = wakeWatcher;
        profile.functions().forEach(function ->
                channels.put(function.role(), new ReportChannel(function.role(), function.reportLength())));
    }

    Map<Role, ReportChannel> channels() {
        return channels;
    }

    public void sendKeyboard(KeyboardReport report) throws IOException {
        ReportChannel channel = requireChannel(Role.KEYBOARD);
        synchronized (channel) {
            ReportEncoder.encodeKeyboard(channel.reportBuffer(), report, highestKeyUsage);
            sendEncoded(Role.KEYBOARD, channel);
        }
    }

    public void sendPointer(PointerReport report) throws IOException {
        ReportChannel channel = requireChannel(Role.POINTER);
        synchronized (channel) {
            ReportEncoder.encodePointer(channel.reportBuffer(), report);
            sendEncoded(Role.POINTER, channel);
        }
    }

    public void sendMotion(MotionReport report) throws IOException {
        ReportChannel channel = requireChannel(Role.MOUSE);
        synchronized (channel) {
            ReportEncoder.encodeMouse(channel.reportBuffer(), report);
            sendEncoded(Role.MOUSE, channel);
        }
    }

    public void sendConsumerUsage(int usage) throws IOException {
        ReportChannel channel = requireChannel(Role.CONSUMER);
        synchronized (channel) {
            consumerUsage = usage;
            ReportEncoder.encodeConsumer(channel.reportBuffer(), usage);
            sendEncoded(Role.CONSUMER, channel);
        }
    }

    public void sendSystemUsage(int usage) throws IOException {
        ReportChannel channel = requireChannel(Role.CONSUMER);
        synchronized (channel) {
            systemUsage = usage;
            ReportEncoder.encodeSystem(channel.reportBuffer(), usage);
            sendEncoded(Role.CONSUMER, channel);
        }
    }

    /** Sends the newest state of a function whose reports the host has started to fetch. */
    void resendState(Role role) {
        ReportChannel channel = channels.get(role);
        try {
            if (role == Role.CONSUMER) {
                resendConsumer(channel);
            } else {
                channel.resendState();
            }
        } catch (IOException e) {
            recordFailure(e);
        }
    }

    /** Sends both reports: the channel has only the newest of them, and the other one may have changed before it. */
    private void resendConsumer(ReportChannel channel) throws IOException {
        synchronized (channel) {
            ReportEncoder.encodeConsumer(channel.reportBuffer(), consumerUsage);
            channel.sendReport();
            ReportEncoder.encodeSystem(channel.reportBuffer(), systemUsage);
            channel.sendReport();
        }
    }

    /**
     * Offers the host a report with all keys released, to see whether it is fetched.
     *
     * @throws IOException with a message for the user, if the kernel refuses the report
     */
    void sendProbe() throws IOException {
        ReportChannel channel = requireChannel(Role.KEYBOARD);
        synchronized (channel) {
            ReportEncoder.encodeKeyboard(channel.reportBuffer(), KeyboardReport.UP, highestKeyUsage);
            try {
                // The result does not matter: a report that is already waiting serves the same purpose.
                channel.sendReport();
            } catch (IOException e) {
                throw recordFailure(e);
            }
        }
    }

    /** Passes the host's newest LED report on to the hub. */
    void forwardLeds() {
        int report = channels.get(Role.KEYBOARD).readNewestLeds();
        if (report >= 0) {
            notifier.notifyLeds(Leds.fromReport(report));
        }
    }

    /** Whether a report was refused since the last {@link #clearFailures()}. */
    boolean hasFailed() {
        return failed;
    }

    /** Whether the last refusal was long enough ago for a retry. The pause doubles with each failure, up to 8 s. */
    boolean isRetryDue() {
        long pause = FIRST_RETRY_NANOS << Math.min(failures - 1, MAX_DOUBLINGS);
        return System.nanoTime() - failedNanos >= pause;
    }

    /** Forgets failures, because the next report is likely to be accepted. */
    void clearFailures() {
        failed = false;
        failures = 0;
    }

    /** Number of reports that the kernel accepted. */
    public long sentReports() {
        return sentReports;
    }

    public long secondsSinceLastReport() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sentNanos);
    }

    /** The last error as a message for the user; empty if there was none. */
    public String lastError() {
        return lastError;
    }

    private ReportChannel requireChannel(Role role) throws IOException {
        ReportChannel channel = channels.get(role);
        if (channel == null) {
            throw new IOException("the selected profile has no " + role.roleName());
        }
        return channel;
    }

    private void sendEncoded(Role role, ReportChannel channel) throws IOException {
        boolean wasWaiting = channel.isWaiting();
        boolean accepted;
        try {
            accepted = channel.sendReport();
        } catch (IOException e) {
            throw recordFailure(e);
        }
        if (accepted) {
            // Need not be atomic: the hub sends one report at a time.
            sentReports = sentReports + 1;
            failures = 0;
            sentNanos = System.nanoTime();
        } else if (role == Role.KEYBOARD) {
            throw recordFailure(new IOException(NOT_FETCHING));
        } else if (!wasWaiting) {
            wakeWatcher.run();
        }
    }

    private IOException recordFailure(IOException cause) {
        String description = cause instanceof ErrnoException errno ? describeError(errno) : cause.getMessage();
        lastError = description;
        failedNanos = System.nanoTime();
        failures = failures + 1;
        failed = true;
        // While offline, the reason that the watcher has reported is more accurate.
        if (notifier.isReady()) {
            notifier.notifyOffline(description);
        }
        wakeWatcher.run();
        return new IOException(description, cause);
    }

    private static String describeError(ErrnoException e) {
        return e.is(Errno.ESHUTDOWN) ? NOT_ACCEPTING : "the USB keyboard is currently unavailable (" + e.getMessage() + ")";
    }
}
