package org.catseye.linux;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A native resource that several threads use and that is released exactly once. close() may be called at any time; the resource
 * is released when the last thread has left. Uses no lock and allocates nothing.
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

    // The number of current users; the sign bit is set once close() was called. Written only through STATE.
    private volatile int state;

    /**
     * Starts a use of the resource; false if it is closed. Each call that returns true must be followed by one {@link #exit()}.
     */
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

    /**
     * Releases the resource, immediately or when the last thread has left. Calling it again has no effect. Never blocks or
     * throws.
     */
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

    /** Releases the resource. Called once. */
    abstract void release();

    static IOException closedAlready(String what) {
        return new ErrnoException("use after close", what, Errno.EBADF.code());
    }
}
