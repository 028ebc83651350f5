package org.catseye.core.identity;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that never shows a time before this version existed. A board without a battery-backed clock starts in 1970 or 2000 and gets the
 * network's time later; certificates created meanwhile would expire early.
 */
final class PlausibleClock extends Clock {

    /** Move this with a release; an older value only makes certificates of such boards expire earlier. */
    static final Instant EARLIEST = Instant.parse("2026-11-01T00:00:00Z");

    private final Clock clock;

    PlausibleClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        Instant now = clock.instant();
        return now.isBefore(EARLIEST) ? EARLIEST : now;
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new PlausibleClock(clock.withZone(zone));
    }
}
