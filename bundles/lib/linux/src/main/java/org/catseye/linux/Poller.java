package org.catseye.linux;

import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a file is ready, the timeout expires or another thread calls {@link #wake()}. Only one thread may add files and
 * poll; any thread may wake it. Polling allocates nothing. Closing a poller does not close the files that were added; close it on
 * the polling thread.
 */
public final class Poller implements AutoCloseable {

    public static final int POLLIN = 1;
    public static final int POLLPRI = 2;
    public static final int POLLOUT = 4;
    public static final int POLLERR = 8;
    public static final int POLLHUP = 0x10;
    public static final int POLLNVAL = 0x20;

    // struct pollfd: int fd; short events, revents
    static final int SIZE = 8;
    static final int EVENTS = 4;
    static final int REVENTS = 6;

    private final Fd wake = Fd.eventfd();
    private final ByteBuffer one = Struct.allocate(8).putLong(0, 1);
    private final ByteBuffer drain = Struct.allocate(8);
    private final Fd[] fds;
    private final ByteBuffer set;
    private final NativeLong[] sizes;
    private int count = 1;
    private boolean woken;

    /** Creates a poller for up to {@code capacity} files. */
    public Poller(int capacity) throws IOException {
        fds = new Fd[capacity + 1];
        fds[0] = wake;
        set = Struct.allocate((capacity + 1) * SIZE);
        sizes = new NativeLong[capacity + 2];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = new NativeLong(i);
        }
        put(0, POLLIN);
    }

    /**
     * Adds a file.
     *
     * @param events a combination of POLLIN, POLLPRI and POLLOUT; errors are always reported
     * @return the index for {@link #ready(int)}
     */
    public int add(Fd fd, int events) {
        if (count == fds.length) {
            throw new IllegalStateException("made for " + (fds.length - 1) + " files");
        }
        fds[count] = fd;
        put(count, events);
        return count++;
    }

    /** Changes the events for the file at {@code index}. */
    public void events(int index, int events) {
        put(index, events);
    }

    /** Removes all files. */
    public void clear() {
        for (int i = 1; i < count; i++) {
            fds[i] = null;
        }
        count = 1;
    }

    /**
     * Waits until a file is ready.
     *
     * @param timeoutMillis milliseconds; 0 returns immediately, a negative value waits without a limit
     * @return the number of ready files; 0 after a timeout or a wake-up
     * @throws IOException if a file that was added is closed, or if poll fails
     */
    public int poll(long timeoutMillis) throws IOException {
        int entered = 0;
        try {
            for (; entered < count; entered++) {
                if (!fds[entered].enter()) {
                    throw Counted.closedAlready(fds[entered].path());
                }
            }
            return settle(await(timeoutMillis));
        } finally {
            while (entered > 0) {
                fds[--entered].exit();
            }
        }
    }

    /** The events that the last poll found at {@code index}: a combination of the POLL constants, or 0. */
    public int ready(int index) {
        return set.getShort(index * SIZE + REVENTS);
    }

    private int settle(int found) {
        woken = set.getShort(REVENTS) != 0;
        if (!woken) {
            return found;
        }
        drain.clear();
        wake.tryRead(drain);
        return found - 1;
    }

    /** Whether {@link #wake()} was one of the reasons why the last poll ended. */
    public boolean woken() {
        return woken;
    }

    /** Ends the current poll of another thread, or the next poll if there is none. Never blocks. Has no effect after close. */
    public void wake() {
        // Writing changes the position of the shared buffer.
        synchronized (one) {
            one.clear();
            wake.tryWrite(one);
        }
    }

    @Override
    public void close() {
        wake.close();
    }

    private int await(long timeoutMillis) throws ErrnoException {
        long end = timeoutMillis > 0 ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) : 0;
        long left = timeoutMillis;
        for (;;) {
            int found = LibC.poll(set, sizes[count], left < 0 ? -1 : (int) Math.min(left, Integer.MAX_VALUE));
            if (found >= 0) {
                return found;
            }
            int code = LibC.errno();
            if (code != Errno.EINTR.code()) {
                throw new ErrnoException("poll", count > 1 ? fds[1].path() : "eventfd", code);
            }
            if (timeoutMillis > 0) {
                left = Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            }
        }
    }

    private void put(int index, int events) {
        set.putInt(index * SIZE, fds[index].number());
        set.putShort(index * SIZE + EVENTS, (short) events);
        set.putShort(index * SIZE + REVENTS, (short) 0);
    }
}
