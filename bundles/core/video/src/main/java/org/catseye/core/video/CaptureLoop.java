package org.catseye.core.video;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.catseye.config.BadValueException;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that calls one device's capture method, again and again with back-off, until it is stopped. Each call gets a
 * context of its own, so that a driver that lingers after stop talks to a dead one.
 */
final class CaptureLoop {

    static final long FIRST_RETRY_MILLIS = 100;
    static final long LAST_RETRY_MILLIS = 1_000;
    private static final long JOIN_MILLIS = 3_000;

    private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);

    private final Hub hub;
    private final CaptureDevice device;
    private final String label;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Capture current;

    CaptureLoop(Hub hub, CaptureDevice device, String label) {
        this.hub = hub;
        this.device = device;
        this.label = label;
        this.thread = new Thread(this::run, "capture-" + hub.target());
        thread.setDaemon(true);
    }

    void start() {
        hub.source(this);
        thread.start();
    }

    /** Stops the device and waits for it, three seconds at most; then it is left alone with a dead context. */
    void stop() {
        stopping = true;
        hub.source(null);
        Capture capture = current;
        if (capture != null) {
            capture.stop();
        }
        thread.interrupt();
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        while (thread.isAlive() && System.nanoTime() < end && thread != Thread.currentThread()) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (thread.isAlive()) {
            LOG.error("{}: {} does not return from capture() although it was told to stop {} s ago; its bundle may hold the device",
                    hub.target(), label, JOIN_MILLIS / 1000);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void wake() {
        Capture capture = current;
        if (capture != null) {
            capture.wake();
        }
    }

    void wantKeyFrame() {
        Capture capture = current;
        if (capture != null) {
            capture.wantKeyFrame();
        }
    }

    private void run() {
        hub.condition(Condition.CONNECTING, "Opening " + label + ".");
        long pause = FIRST_RETRY_MILLIS;
        boolean misconfigured = false;
        while (!stopping) {
            Capture capture = new Capture(hub, misconfigured);
            current = capture;
            if (stopping) {
                break;
            }
            Throwable failure = captureOnce(capture);
            capture.stop();
            if (stopping) {
                break;
            }
            if (capture.published()) {
                pause = FIRST_RETRY_MILLIS;
            }
            misconfigured = failure instanceof BadValueException;
            hub.condition(misconfigured ? Condition.MISCONFIGURED : capture.deviceGone() ? Condition.NO_DEVICE : Condition.CONNECTING,
                    reason(failure, capture));
            rest(pause);
            pause = Math.min(pause * 2, LAST_RETRY_MILLIS);
        }
    }

    private Throwable captureOnce(Capture capture) {
        try {
            device.capture(capture);
            return null;
        } catch (InterruptedException | IOException e) {
            LOG.debug("{}: {} ended", hub.target(), label, e);
            return e;
        } catch (RuntimeException | Error e) {
            // A defect of the driver; the loop lives on, and so does everybody else.
            LOG.error("{}: {} failed in an unexpected way", hub.target(), label, e);
            return e;
        }
    }

    private String reason(Throwable failure, Capture capture) {
        if (failure instanceof IOException) {
            return Objects.requireNonNullElse(failure.getMessage(), label + " failed without saying why.");
        }
        if (failure != null && !(failure instanceof InterruptedException)) {
            return label + " failed in an unexpected way (" + failure.getClass().getSimpleName() + "); the log has the details.";
        }
        return capture.lastReason().orElse(label + " ended the capture; opening it again.");
    }

    private void rest(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            LOG.trace("{}: woken from the pause before the next try", hub.target());
        }
    }
}
