package org.catseye.rfb.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.catseye.rfb.wire.ByteStream;

/** Prepared bytes of a server, which arrive in small pieces, and what the client sends. */
public final class MemoryStream implements ByteStream {

    private static final int LARGEST_PIECE = 1000;

    private final ByteBuffer input;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private int piece = 1;

    public MemoryStream(byte[] input) {
        this.input = ByteBuffer.wrap(input);
    }

    @Override
    public int readBytes(ByteBuffer to, long timeoutMillis) {
        if (!input.hasRemaining()) {
            return -1;
        }
        piece = piece * 7 % LARGEST_PIECE + 1;
        int count = Math.min(piece, Math.min(to.remaining(), input.remaining()));
        to.put(input.slice(input.position(), count));
        input.position(input.position() + count);
        return count;
    }

    @Override
    public void writeBytes(ByteBuffer from, long timeoutMillis) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        output.writeBytes(bytes);
    }

    @Override
    public void close() {
    }

    /** What was not read. */
    public int remaining() {
        return input.remaining();
    }

    public byte[] sent() {
        return output.toByteArray();
    }
}
