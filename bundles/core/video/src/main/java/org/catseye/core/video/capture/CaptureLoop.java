package org.catseye.core.video.capture;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.config.BadValueException;
import org.catseye.core.video.hub.DeviceInput;
import org.catseye.core.video.hub.Source;
import org.catseye.options.ForeignText;
import org.catseye.plugins.health.LentFrames.Lent;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that calls one device's capture method, again and again with back-off, until it is stopped. Each call gets a
 * context of its own, so a driver that goes on after the stop has no effect.
 */
public final class CaptureLoop implements Source, CaptureWatch.WatchedThread {

    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long MAX_RETRY_MILLIS = 1_000;
    private static final long STOP_TIMEOUT_MILLIS = 3_000;

    private static final Lent NOTHING_LENT = new Lent(0, 0, false);
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);

    private final DeviceInput input;
    private final CaptureDevice device;
    private final String label;
    private final Optional<CaptureLoop> predecessor;
    private final Thread thread;
    /** Meaningless before the stop. */
    private volatile long stopRequestedNanos;
    private volatile boolean stopping;
    private volatile CaptureCall current;

    /** @param label the device's name for the user */
    public CaptureLoop(DeviceInput input, CaptureDevice device, String label) {
        this(input, device, label, Optional.empty());
    }

    /** @param predecessor a loop of the same device that was asked to stop: this one waits for its end, three seconds at most */
    CaptureLoop(DeviceInput input, CaptureDevice device, String label, Optional<CaptureLoop> predecessor) {
        this.input = input;
        this.device = device;
        this.label = label;
        this.predecessor = predecessor;
        this.thread = NamedThreads.newDaemonThread(this::run, "capture-" + input.target());
    }

    public void start() {
        thread.start();
    }

    /** Asks the device to stop. Does not wait. */
    void requestStop() {
        stopRequestedNanos = stopping ? stopRequestedNanos : System.nanoTime();
        stopping = true;
        CaptureCall call = current;
        if (call != null) {
            call.stop();
        }
        thread.interrupt();
    }

    /** Stops the device and waits for it, three seconds at most; a device that takes longer goes on without effect. */
    public void stop() {
        requestStop();
        if (!awaitEnd()) {
            LOG.error("{}: {} did not return from capture() within {} s after the request to stop; its bundle may still hold the device",
                    input.target(), label, STOP_TIMEOUT_MILLIS / 1000);
        }
    }

    /** Waits for the end of the thread, three seconds at most. @return whether it ended, or is the calling thread */
    private boolean awaitEnd() {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_TIMEOUT_MILLIS);
        while (thread.isAlive() && System.nanoTime() < end && thread != Thread.currentThread()) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive() || thread == Thread.currentThread();
    }

    @Override
    public String target() {
        return input.target();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public boolean isOverdue() {
        return stopping && System.nanoTime() - stopRequestedNanos > TimeUnit.MILLISECONDS.toNanos(STOP_TIMEOUT_MILLIS);
    }

    @Override
    public long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    @Override
    public Lent lentSlots() {
        CaptureCall call = current;
        return call == null ? NOTHING_LENT : call.countSlots();
    }

    @Override
    public void wakeDriver() {
        CaptureCall call = current;
        if (call != null) {
            call.wakeDriver();
        }
    }

    @Override
    public void requestKeyFrame() {
        CaptureCall call = current;
        if (call != null) {
            call.requestKeyFrame();
        }
    }

    private void run() {
        predecessor.ifPresent(CaptureLoop::awaitEnd);
        if (!stopping) {
            input.showCondition(Condition.CONNECTING, openingReason(label));
        }
        long pause = FIRST_RETRY_MILLIS;
        boolean badValue = false;
        while (!stopping) {
            CaptureCall call = new CaptureCall(input, badValue);
            current = call;
            if (stopping) {
                break;
            }
            Throwable failure = captureOnce(call);
            call.stop();
            int kept = call.takeBackSlots();
            if (kept > 0) {
                LOG.warn("{}: {} ended without returning {} buffers; they are taken back", input.target(), label, kept);
            }
            if (stopping) {
                break;
            }
            badValue = failure instanceof BadValueException;
            input.showCondition(badValue ? Condition.MISCONFIGURED : call.isDeviceMissing() ? Condition.NO_DEVICE : Condition.CONNECTING,
                    describeEnd(failure, call));
            pause = call.hasPublished() ? FIRST_RETRY_MILLIS : pause;
            waitBeforeRetry(pause);
            pause = Math.min(pause * 2, MAX_RETRY_MILLIS);
        }
    }

    /** The reason that is shown before the device has reported anything. */
    static String openingReason(String label) {
        return "Opening " + label + ".";
    }

    private Throwable captureOnce(CaptureCall call) {
        try {
            device.capture(call);
            return null;
        } catch (InterruptedException | IOException e) {
            LOG.debug("{}: {} ended", input.target(), label, e);
            return e;
        } catch (RuntimeException | Error e) {
            // A defect of the driver; neither this loop nor any other must end because of it.
            LOG.error("{}: {} failed in an unexpected way", input.target(), label, e);
            return e;
        }
    }

    private String describeEnd(Throwable failure, CaptureCall call) {
        if (failure instanceof IOException) {
            return ForeignText.shorten(Objects.requireNonNullElse(failure.getMessage(), label + " failed and gave no reason."), CaptureCall.MAX_REASON_CHARS);
        }
        if (failure != null && !(failure instanceof InterruptedException)) {
            return label + " failed in an unexpected way (" + failure.getClass().getSimpleName() + "); the log has the details.";
        }
        return call.lastReason().orElse(label + " ended the capture; opening it again.");
    }

    private void waitBeforeRetry(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            LOG.trace("{}: the pause before the next attempt was interrupted", input.target());
        }
    }
}
