package org.catseye.capture.v4l2;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.catseye.video.spi.CaptureContext;

/** How long nobody has been watching. One thread. */
final class IdleClock {

    private final CaptureContext context;
    private final Stick stick;
    private long watched;

    IdleClock(CaptureContext context, Stick stick, long now) {
        this.context = context;
        this.stick = stick;
        this.watched = now;
    }

    /** Whether it is time to stop. Ask at least once a second. */
    boolean over(long now, Settings settings) {
        if (context.viewerCount() > 0) {
            watched = now;
            return false;
        }
        OptionalInt limit = settings.idleSeconds(stick.chip());
        return limit.isPresent() && now - watched >= TimeUnit.SECONDS.toNanos(limit.getAsInt());
    }
}
