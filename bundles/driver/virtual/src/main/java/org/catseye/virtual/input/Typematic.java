package org.catseye.virtual.input;

import java.util.concurrent.TimeUnit;

/**
 * Key repeat, which is the host's task with USB: the key pressed last repeats after a delay, until it is released or another key
 * is pressed. Times are nanoseconds of the machine's clock. Not thread-safe.
 */
public final class Typematic {

    /** Repeats that are overdue by more than this are dropped. */
    private static final long LATEST = TimeUnit.MILLISECONDS.toNanos(500);

    private long delay = TimeUnit.MILLISECONDS.toNanos(500);
    private long period = TimeUnit.SECONDS.toNanos(1) / 30;
    private int usage;
    private long next = Long.MAX_VALUE;

    public void setRepeatRate(int delayMillis, int perSecond) {
        delay = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    public void startRepeating(int key, long now) {
        usage = key;
        next = now + delay;
    }

    public void releaseKey(int key) {
        if (key == usage) {
            stopRepeating();
        }
    }

    public void stopRepeating() {
        usage = 0;
        next = Long.MAX_VALUE;
    }

    /** Time of the next repeat; Long.MAX_VALUE if no key repeats. */
    public long nextRepeatNanos() {
        return next;
    }

    /** Consumes the due repeat. @param now at or after {@link #nextRepeatNanos()} @return the key's usage */
    public int takeRepeat(long now, long realNow) {
        next = realNow - now > LATEST ? realNow + period : now + period;
        return usage;
    }
}
