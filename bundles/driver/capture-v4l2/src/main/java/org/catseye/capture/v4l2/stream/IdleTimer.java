package org.catseye.capture.v4l2.stream;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.video.spi.CaptureContext;

/** Measures how long there have been no viewers. For one thread. */
final class IdleTimer {

    private final CaptureContext context;
    private final Stick stick;
    private long lastViewedNanos;

    IdleTimer(CaptureContext context, Stick stick, long nanos) {
        this.context = context;
        this.stick = stick;
        this.lastViewedNanos = nanos;
    }

    /** Whether the stream should stop. Must be called at least once a second, because it also checks for viewers. */
    boolean isExpired(long nanos, Settings settings) {
        if (context.viewerCount() > 0) {
            lastViewedNanos = nanos;
            return false;
        }
        OptionalInt limit = settings.idleLimitSeconds(stick.chip());
        return limit.isPresent() && nanos - lastViewedNanos >= TimeUnit.SECONDS.toNanos(limit.getAsInt());
    }
}
