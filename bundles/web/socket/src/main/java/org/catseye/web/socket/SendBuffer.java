package org.catseye.web.socket;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's send buffer of one viewer. Left alone it grows to seconds of video: the newest frame when the write is done would
 * then be an old one when it arrives. So it is capped, and for a viewer who takes frames slowly it holds what that viewer takes in
 * a quarter of a second. Not thread-safe: one write at a time.
 */
final class SendBuffer {

    /** Linux doubles the number (socket(7)); a frame of 1080p still fits one write. */
    static final int MOST = 128 * 1024;
    /** So much goes on a line of half a second there and back without making 100 KB a second less. */
    static final int LEAST = 32 * 1024;
    /** Single writes tell little: the kernel frees room in large pieces, so that one waits and the next does not. */
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    /** Whose writes are held up for less of the time than this is no slow viewer. */
    private static final double HELD_UP = 0.3;
    /** Half of what is meant, since the kernel doubles it. Shorter than the longest usual round trip it would throttle, and stay so. */
    private static final double SECONDS = 0.125;
    private static final Logger LOG = LoggerFactory.getLogger(SendBuffer.class);

    private final Socket socket;
    private int size;
    private boolean begun;
    private long windowStarted;
    private long windowBytes;
    private long windowBusy;

    /** Where the size goes. */
    interface Socket {
        <T> void set(SocketOption<T> option, T value) throws IOException;
    }

    SendBuffer(EndPoint endPoint) {
        this(socket(endPoint));
    }

    SendBuffer(Socket socket) {
        this.socket = socket;
    }

    void cap() {
        set(MOST);
    }

    /** The kernel took so many bytes of a write that began and ended then, as {@link System#nanoTime()} has it. */
    void taken(long bytes, long began, long ended) {
        if (!begun) {
            begun = true;
            windowStarted = began;
        }
        windowBytes += bytes;
        windowBusy += ended - began;
        long window = ended - windowStarted;
        if (window >= WINDOW_NANOS) {
            fit(windowBusy < window * HELD_UP ? MOST : windowBytes * 1e9 / window * SECONDS);
            windowStarted = ended;
            windowBytes = 0;
            windowBusy = 0;
        }
    }

    private void fit(double wanted) {
        int fit = (int) Math.max(LEAST, Math.min(MOST, wanted));
        if (fit == MOST || Math.abs(fit - size) > size / 4) {
            set(fit);
        }
    }

    private void set(int bytes) {
        if (bytes == size) {
            return;
        }
        size = bytes;
        try {
            socket.set(StandardSocketOptions.SO_SNDBUF, bytes);
        } catch (IOException e) {
            LOG.debug("the send buffer stays as it is", e);
        }
    }

    private static Socket socket(EndPoint endPoint) {
        EndPoint under = endPoint;
        while (under instanceof EndPoint.Wrapper wrapper) {
            // TLS
            under = wrapper.unwrap();
        }
        if (under instanceof SocketChannelEndPoint end) {
            return end.getChannel()::setOption;
        }
        return new Socket() {
            @Override
            public <T> void set(SocketOption<T> option, T value) {
                // A connection that is no socket has no such buffer.
            }
        };
    }
}
