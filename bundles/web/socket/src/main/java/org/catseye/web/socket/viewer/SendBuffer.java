package org.catseye.web.socket.viewer;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's send buffer of one viewer. Without a limit it grows to seconds of video: a frame that is new when it is written would
 * be old when it arrives. So its size is capped. For a viewer that receives slowly, it holds as much as that viewer receives in a quarter of a
 * second. Not thread-safe: one write at a time.
 */
final class SendBuffer {

    /** Linux doubles the number (socket(7)); a frame of 1080p still fits one write. */
    static final int MAX_BYTES = 128 * 1024;
    /** Enough for 100 KB a second at a round trip of half a second. */
    static final int MIN_BYTES = 32 * 1024;
    /** Single writes are no measure: the kernel frees room in large pieces, so one write waits and the next does not. */
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    /** Share of the time in which writes wait, from which a viewer counts as slow. */
    private static final double MIN_BUSY_SHARE = 0.3;
    /** Half of the intended time, because the kernel doubles the size. A value below the longest usual round trip would throttle the viewer. */
    private static final double BUFFERED_SECONDS = 0.125;
    private static final Logger LOG = LoggerFactory.getLogger(SendBuffer.class);

    private final Socket socket;
    private int size;
    private boolean begun;
    private long windowStarted;
    private long windowBytes;
    private long windowBusy;

    /** The socket option that is set. */
    interface Socket {
        <T> void set(SocketOption<T> option, T value) throws IOException;
    }

    SendBuffer(EndPoint endPoint) {
        this(findSocket(endPoint));
    }

    SendBuffer(Socket socket) {
        this.socket = socket;
    }

    void capSize() {
        setSize(MAX_BYTES);
    }

    /** Records a write: its bytes, its begin and its end ({@link System#nanoTime()}). */
    void recordWrite(long bytes, long began, long ended) {
        if (!begun) {
            begun = true;
            windowStarted = began;
        }
        windowBytes += bytes;
        windowBusy += ended - began;
        long window = ended - windowStarted;
        if (window >= WINDOW_NANOS) {
            fitSize(windowBusy < window * MIN_BUSY_SHARE ? MAX_BYTES : windowBytes * 1e9 / window * BUFFERED_SECONDS);
            windowStarted = ended;
            windowBytes = 0;
            windowBusy = 0;
        }
    }

    private void fitSize(double wanted) {
        int fit = (int) Math.max(MIN_BYTES, Math.min(MAX_BYTES, wanted));
        if (fit == MAX_BYTES || Math.abs(fit - size) > size / 4) {
            setSize(fit);
        }
    }

    private void setSize(int bytes) {
        if (bytes == size) {
            return;
        }
        size = bytes;
        try {
            socket.set(StandardSocketOptions.SO_SNDBUF, bytes);
        } catch (IOException e) {
            LOG.debug("The size of the send buffer is not changed", e);
        }
    }

    private static Socket findSocket(EndPoint endPoint) {
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
