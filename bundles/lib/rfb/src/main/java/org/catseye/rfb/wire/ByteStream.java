package org.catseye.rfb.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes in both directions. One thread may read while another one writes. {@link #close} ends both from any thread. */
public interface ByteStream extends Closeable {

    /**
     * Reads at least one byte into a buffer that has space.
     *
     * @return how many; -1 at the end
     * @throws java.net.SocketTimeoutException if nothing comes in time
     */
    int readBytes(ByteBuffer to, long timeoutMillis) throws IOException;

    /**
     * Writes all bytes of a buffer.
     *
     * @throws java.net.SocketTimeoutException if the other side does not take them in time; the stream is then unusable
     */
    void writeBytes(ByteBuffer from, long timeoutMillis) throws IOException;
}
