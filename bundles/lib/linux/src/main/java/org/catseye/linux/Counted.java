package org.catseye.linux;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Something native that is used by several threads and given back exactly once: close() may come at any time, and the giving
 * back waits for the last one who is inside. No lock, no garbage.
 */
abstract class Counted implements AutoCloseable {

    private static final int CLOSED = Integer.MIN_VALUE;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Counted.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // The number of those inside; the sign says that close() was called. Written through STATE only.
    private volatile int state;

    /** Comes in; false if closed. Each true is followed by one {@link #exit()}. */
    final boolean enter() {
        for (;;) {
            int now = state;
            if (now < 0) {
                return false;
            }
            if (STATE.compareAndSet(this, now, now + 1)) {
                return true;
            }
        }
    }

    final void exit() {
        int before = (int) STATE.getAndAdd(this, -1);
        if (before == CLOSED + 1) {
            release();
        }
    }

    /** Whether {@link #close()} was called. */
    public final boolean closed() {
        return state < 0;
    }

    /** Gives the thing back, now or when the last user is out. May be called again without effect; never blocks or throws. */
    @Override
    public final void close() {
        for (;;) {
            int now = state;
            if (now < 0) {
                return;
            }
            if (STATE.compareAndSet(this, now, now | CLOSED)) {
                if (now == 0) {
                    release();
                }
                return;
            }
        }
    }

    /** Does the giving back; called once. */
    abstract void release();

    static IOException closedAlready(String what) {
        return new ErrnoException("use after close", what, Errno.EBADF.code());
    }
}
