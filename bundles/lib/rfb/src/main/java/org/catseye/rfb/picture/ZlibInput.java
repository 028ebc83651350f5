package org.catseye.rfb.picture;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;

/**
 * A zlib stream that continues over the rectangles of a connection. It decompresses only what its reader takes, so a small message
 * cannot become large in memory. {@link #close} frees native memory.
 */
final class ZlibInput implements AutoCloseable {

    private static final int CHUNK = 8 * 1024;
    /** What a rectangle may contain beyond its pixels. */
    private static final int MAX_REST = 4 * 1024;

    private final Inflater inflater = new Inflater();
    private final byte[] compressed = new byte[CHUNK];
    private final byte[] plain = new byte[CHUNK];
    private int plainAt;
    private int plainEnd;
    private WireInput in;
    private long left;

    /** Begins a message. @param length of its compressed bytes */
    void beginData(WireInput from, long length) {
        in = from;
        left = length;
        plainAt = 0;
        plainEnd = 0;
    }

    int readU8() throws IOException {
        if (plainAt == plainEnd) {
            inflateMore();
        }
        return plain[plainAt++] & 0xff;
    }

    /** Three bytes, the lowest first. */
    int readPixel() throws IOException {
        return readU8() | readU8() << 8 | readU8() << 16;
    }

    void readBytes(byte[] to, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (plainAt == plainEnd) {
                inflateMore();
            }
            int part = Math.min(plainEnd - plainAt, length - done);
            System.arraycopy(plain, plainAt, to, done, part);
            plainAt += part;
            done += part;
        }
    }

    /** Ends a message: the rest of its bytes belongs to the stream. */
    void endData() throws IOException {
        int rest = plainEnd - plainAt;
        plainAt = plainEnd;
        while (left > 0 || inflater.getRemaining() > 0) {
            int count = inflateOnce();
            rest += count;
            if (rest > MAX_REST || count == 0 && left == 0) {
                break;
            }
        }
        if (rest > MAX_REST || inflater.getRemaining() > 0) {
            throw new RfbException("The server sent more compressed data than its rectangle has pixels.");
        }
        in = null;
    }

    /** Forgets what the stream has kept, as the Tight encoding can demand. */
    void resetStream() {
        inflater.reset();
    }

    private void inflateMore() throws IOException {
        plainAt = 0;
        plainEnd = 0;
        while (plainEnd == 0) {
            if (inflater.needsInput() && left == 0) {
                throw new RfbException("The server sent a compressed rectangle that is too short.");
            }
            plainEnd = inflateOnce();
        }
    }

    private int inflateOnce() throws IOException {
        if (inflater.needsInput() && left > 0) {
            int count = (int) Math.min(left, CHUNK);
            in.readBytes(compressed, 0, count);
            left -= count;
            inflater.setInput(compressed, 0, count);
        }
        try {
            int count = inflater.inflate(plain);
            if (count == 0 && (inflater.finished() || inflater.needsDictionary())) {
                throw new RfbException("The server ended a compressed stream.");
            }
            return count;
        } catch (DataFormatException e) {
            throw new RfbException("The server sent invalid compressed data: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
