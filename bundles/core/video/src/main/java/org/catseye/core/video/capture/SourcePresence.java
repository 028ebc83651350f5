package org.catseye.core.video.capture;

import java.util.concurrent.TimeUnit;
import org.catseye.video.VideoState.Condition;

/**
 * Whether a device has a source of pictures: it is plugged in, or its box is on the network. Only NO_DEVICE means that it has none. A
 * device without a signal, one that is being opened and one with a wrong setting have a source; the user has to read what they report.
 *
 * <p>A change counts after two seconds, so that a stick that comes back at once, or a driver that reports each attempt to open its
 * device, does not move the picture to and fro. Two things count at once: a frame, and the first report of a new device when it is
 * NO_DEVICE. Not thread-safe.
 */
final class SourcePresence {

    /** What is known about the source. */
    enum State {
        /** The device was started and has not settled yet. */
        UNKNOWN,
        PRESENT,
        ABSENT
    }

    static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long NEVER = Long.MIN_VALUE;

    private State state = State.UNKNOWN;
    private boolean missing;
    /** Since when no frame and no lasting other condition came; NEVER while the device is well. */
    private long missingSince = NEVER;
    /** Since when another condition than NO_DEVICE holds. */
    private long otherSince = NEVER;

    State state() {
        return state;
    }

    void noteFrame() {
        state = State.PRESENT;
        missing = false;
        missingSince = NEVER;
        otherSince = NEVER;
    }

    void noteCondition(Condition condition, long now) {
        missing = condition == Condition.NO_DEVICE;
        if (!missing) {
            otherSince = otherSince == NEVER ? now : otherSince;
            return;
        }
        if (missingSince == NEVER || hasSettled(otherSince, now)) {
            missingSince = now;
        }
        otherSince = NEVER;
        if (state == State.UNKNOWN) {
            state = State.ABSENT;
        }
    }

    /**
     * Lets a change count whose time has come.
     *
     * @return nanoseconds until this has to be called again; 0 if no change is under way
     */
    long settle(long now) {
        State next = missing ? State.ABSENT : State.PRESENT;
        long since = missing ? missingSince : otherSince;
        if (state == next || since == NEVER) {
            return 0;
        }
        if (!hasSettled(since, now)) {
            return SETTLE_NANOS - (now - since);
        }
        state = next;
        if (!missing) {
            missingSince = NEVER;
        }
        return 0;
    }

    private static boolean hasSettled(long since, long now) {
        return since != NEVER && now - since >= SETTLE_NANOS;
    }
}
