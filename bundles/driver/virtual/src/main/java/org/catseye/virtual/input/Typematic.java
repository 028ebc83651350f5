package org.catseye.virtual.input;

import java.util.concurrent.TimeUnit;

/**
 * Key repeat, which with USB is the host's work: the key pressed last repeats after a delay until it goes up or another takes
 * over. Times are nanoseconds of the machine's clock. Not thread-safe.
 */
public final class Typematic {

    /** Repeats that are later than this were slept through, and are not made up for. */
    private static final long LATEST = TimeUnit.MILLISECONDS.toNanos(500);

    private long delay = TimeUnit.MILLISECONDS.toNanos(500);
    private long period = TimeUnit.SECONDS.toNanos(1) / 30;
    private int usage;
    private long next = Long.MAX_VALUE;

    public void pace(int delayMillis, int perSecond) {
        delay = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    public void pressed(int key, long now) {
        usage = key;
        next = now + delay;
    }

    public void released(int key) {
        if (key == usage) {
            stop();
        }
    }

    public void stop() {
        usage = 0;
        next = Long.MAX_VALUE;
    }

    /** When the held key repeats next; Long.MAX_VALUE if nothing repeats. */
    public long next() {
        return next;
    }

    /** Takes the repeat that is due. @param now at or after {@link #next()} @return the key's usage */
    public int take(long now, long realNow) {
        next = realNow - now > LATEST ? realNow + period : now + period;
        return usage;
    }
}
