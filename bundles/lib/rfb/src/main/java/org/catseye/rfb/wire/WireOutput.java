package org.catseye.rfb.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends messages, each as a whole. Thread-safe. */
public final class WireOutput {

    private final ByteStream stream;
    private final long timeoutMillis;

    /** @param timeoutMillis how long the other side may take to accept a message */
    public WireOutput(ByteStream stream, long timeoutMillis) {
        this.stream = stream;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Sends a message. If a part of it was sent and the rest cannot be, the stream is closed, because nothing can follow it.
     *
     * @param message from its start to its position; the caller does not use it afterwards
     * @throws java.net.SocketTimeoutException if the other side does not accept it in time
     */
    public synchronized void sendMessage(ByteBuffer message) throws IOException {
        message.flip();
        try {
            stream.writeBytes(message, timeoutMillis);
        } catch (IOException e) {
            if (message.position() > 0) {
                stream.close();
            }
            throw e;
        }
    }

    public void sendBytes(byte... bytes) throws IOException {
        sendMessage(ByteBuffer.allocate(bytes.length).put(bytes));
    }
}
