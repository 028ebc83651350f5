package org.catseye.web.socket.viewer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.video.Frame;

/**
 * The times of the frames of one stream, which always increase. Usually that is the capture time. An encoder also sends a picture again that
 * stands still, with the capture time of before; then it is the time of its arrival. A viewer that joins gets several frames at once that
 * were kept for it; their times of arrival mean nothing, so they follow each other at a usual rate. Not thread-safe.
 */
public final class UnitClock {

    private static final long MIN_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long USUAL_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    /** No encoder is that fast: what comes sooner was kept. */
    private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final LongSupplier nanos;
    private boolean begun;
    private long lastCaptured;
    private long lastArrived;
    private long last;

    public UnitClock() {
        this(System::nanoTime);
    }

    /** @param nanos the clock of {@link Frame#capturedNanos} */
    public UnitClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The time of the next frame, in nanoseconds of {@link System#nanoTime}. */
    public long nextNanos(Frame frame) {
        long now = nanos.getAsLong();
        long captured = frame.capturedNanos();
        if (!begun) {
            begun = true;
            last = captured;
        } else {
            last = Math.max(captured > lastCaptured ? captured : timeOfRepetition(now), last + MIN_STEP_NANOS);
        }
        lastCaptured = captured;
        lastArrived = now;
        return last;
    }

    private long timeOfRepetition(long now) {
        return now - lastArrived < MIN_INTERVAL_NANOS ? Math.min(last + USUAL_STEP_NANOS, now) : now;
    }
}
