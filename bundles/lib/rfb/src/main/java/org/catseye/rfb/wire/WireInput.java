package org.catseye.rfb.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.catseye.options.ForeignText;

/** Reads numbers, texts and pixels. Inside a message, each wait for bytes has a timeout. For one thread. */
public final class WireInput {

    /** How long the next bytes of a message may take. */
    public static final long MESSAGE_TIMEOUT_MILLIS = 10_000;

    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int MAX_SHOWN_CHARS = 200;

    private final ByteStream stream;
    /** Little-endian for pixels; other numbers are read as bytes. In reading position. */
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);

    public WireInput(ByteStream stream) {
        this.stream = stream;
    }

    /** Waits for the next message. @return false if nothing comes in time */
    public boolean awaitByte(long millis) throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        try {
            fillBuffer(1, millis);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    public int readU8() throws IOException {
        requireBytes(1);
        return buffer.get() & 0xff;
    }

    public int readU16() throws IOException {
        requireBytes(2);
        return (buffer.get() & 0xff) << 8 | buffer.get() & 0xff;
    }

    public int readS32() throws IOException {
        return readU16() << 16 | readU16();
    }

    public long readU32() throws IOException {
        return readS32() & 0xffffffffL;
    }

    /**
     * A length that is sent as an unsigned number of 32 bits.
     *
     * @param name of what has this length, for the message
     * @throws RfbException if it exceeds the limit
     */
    public int readLength(int max, String name) throws IOException {
        long length = readU32();
        if (length > max) {
            throw new RfbException("The server sent " + name + " with a length of " + length + " bytes; " + max + " are allowed.");
        }
        return (int) length;
    }

    public void readBytes(byte[] to, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            requireBytes(1);
            int part = Math.min(buffer.remaining(), length - done);
            buffer.get(to, offset + done, part);
            done += part;
        }
    }

    /** @param length a checked length */
    public byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        readBytes(bytes, 0, length);
        return bytes;
    }

    /** Pixels of 32 bits, of which the lowest 24 are {@code 0xRRGGBB}. */
    public void readPixels(int[] to, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            requireBytes(4);
            int part = Math.min(buffer.remaining() / 4, count - done);
            for (int i = 0; i < part; i++) {
                to[offset + done + i] = buffer.getInt() & 0xffffff;
            }
            done += part;
        }
    }

    public int readPixel() throws IOException {
        requireBytes(4);
        return buffer.getInt() & 0xffffff;
    }

    public void skipBytes(long count) throws IOException {
        long left = count;
        while (left > 0) {
            requireBytes(1);
            int part = (int) Math.min(buffer.remaining(), left);
            buffer.position(buffer.position() + part);
            left -= part;
        }
    }

    /** A text after its length. Its end is left out if it is long. @return one line that can be shown */
    public String readText(int maxBytes, String name) throws IOException {
        int length = readLength(maxBytes, name);
        int kept = Math.min(length, 4 * MAX_SHOWN_CHARS);
        byte[] bytes = readBytes(kept);
        skipBytes(length - kept);
        return ForeignText.shorten(new String(bytes, StandardCharsets.UTF_8), MAX_SHOWN_CHARS);
    }

    private void requireBytes(int count) throws IOException {
        if (buffer.remaining() < count) {
            fillBuffer(count, MESSAGE_TIMEOUT_MILLIS);
        }
    }

    private void fillBuffer(int count, long millis) throws IOException {
        buffer.compact();
        try {
            while (buffer.position() < count) {
                if (stream.readBytes(buffer, millis) < 0) {
                    throw new EOFException("The server closed the connection.");
                }
            }
        } finally {
            buffer.flip();
        }
    }
}
