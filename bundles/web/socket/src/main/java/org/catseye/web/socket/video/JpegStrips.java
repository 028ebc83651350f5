package org.catseye.web.socket.video;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the strips of a JPEG are, if each row of its blocks is a restart interval of its own, so that a strip can be decoded without the others.
 * Catseye's own encoder writes such pictures. The object is used again for other pictures. Not thread-safe.
 */
final class JpegStrips {

    private static final int MAX_STRIPS = 2048;
    private static final int BLOCK = 8;
    private static final int SOF0 = 0xc0;
    private static final int SOS = 0xda;
    private static final int DRI = 0xdd;
    private static final int FIRST_RST = 0xd0;
    private static final int LAST_RST = 0xd7;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    private final int[] starts = new int[MAX_STRIPS + 1];
    private final long[] hashes = new long[MAX_STRIPS];
    private ByteBuffer jpeg;
    private int count;
    private int headerBytes;
    private int heightAt;
    private int width;
    private int height;
    private int stripRows;
    private int expectedInterval;
    private int interval;
    private long headerHash;

    /** Reads a picture. @param bytes from 0 to its limit @return false if it has no such strips */
    boolean readPicture(ByteBuffer bytes) {
        jpeg = bytes.duplicate().order(ByteOrder.nativeOrder());
        count = 0;
        if (!readHeader() || interval == 0 || interval != expectedInterval) {
            return false;
        }
        findStrips();
        if (count != (height + stripRows - 1) / stripRows) {
            count = 0;
            return false;
        }
        headerHash = hash(0, headerBytes);
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(starts[i], starts[i + 1] - 2);
        }
        return true;
    }

    private boolean readHeader() {
        int at = 2;
        interval = 0;
        expectedInterval = -1;
        while (at + 4 <= jpeg.limit() && u8(at) == 0xff) {
            int marker = u8(at + 1);
            int length = u16(at + 2);
            if (at + 2 + length > jpeg.limit() || length < 2) {
                return false;
            }
            if (marker == SOF0 && length >= 11) {
                readFrame(at + 4, length - 2);
            } else if (marker == DRI && length == 4) {
                interval = u16(at + 4);
            } else if (marker == SOS) {
                headerBytes = at + 2 + length;
                return true;
            }
            at += 2 + length;
        }
        return false;
    }

    private void readFrame(int at, int length) {
        heightAt = at + 1;
        height = u16(at + 1);
        width = u16(at + 3);
        int horizontal = 1;
        int vertical = 1;
        for (int i = 0; i < u8(at + 5) && 6 + 3 * i + 1 < length; i++) {
            horizontal = Math.max(horizontal, u8(at + 7 + 3 * i) >> 4);
            vertical = Math.max(vertical, u8(at + 7 + 3 * i) & 15);
        }
        stripRows = BLOCK * vertical;
        expectedInterval = (width + BLOCK * horizontal - 1) / (BLOCK * horizontal);
    }

    /** The markers between the strips, and that of the end: in the data, each 0xff is followed by 0. */
    private void findStrips() {
        starts[0] = headerBytes;
        int end = jpeg.limit() - 1;
        int at = headerBytes;
        while (at < end && count < MAX_STRIPS) {
            if (at + 8 <= end && !hasFf(jpeg.getLong(at))) {
                at += 8;
            } else if (u8(at) != 0xff || u8(at + 1) == 0) {
                at++;
            } else {
                starts[++count] = at + 2;
                if (u8(at + 1) < FIRST_RST || u8(at + 1) > LAST_RST) {
                    return;
                }
                at += 2;
            }
        }
    }

    /** Whether one of the eight bytes is 0xff: the usual test for a zero byte, of the complement. */
    private static boolean hasFf(long bytes) {
        long inverted = ~bytes;
        return (inverted - 0x0101010101010101L & ~inverted & 0x8080808080808080L) != 0;
    }

    private long hash(int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = (hash ^ jpeg.getLong(at)) * HASH_FACTOR;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ u8(at)) * HASH_FACTOR;
        }
        return hash ^ hash >>> 29;
    }

    int count() {
        return count;
    }

    int height() {
        return height;
    }

    /** Rows of pixels in each strip except for the last one. */
    int stripRows() {
        return stripRows;
    }

    int stripBytes(int strip) {
        return starts[strip + 1] - starts[strip];
    }

    int headerBytes() {
        return headerBytes;
    }

    int totalBytes() {
        return jpeg.limit();
    }

    /** Whether strips of the other picture can take the place of strips of this one. */
    boolean isLike(JpegStrips other) {
        return count > 0 && count == other.count && headerHash == other.headerHash;
    }

    boolean hasSameStrip(JpegStrips other, int strip) {
        return hashes[strip] == other.hashes[strip];
    }

    /** Writes the header of a JPEG with this many strips. */
    void writeHeader(ByteBuffer to, int strips) {
        int at = to.position();
        to.put(jpeg.slice(0, headerBytes));
        to.putShort(at + heightAt, (short) (strips * stripRows));
    }

    /** Writes the data of a strip, and the marker after it. @param number of the strip in the JPEG that is written, of {@code strips} */
    void writeStrip(ByteBuffer to, int strip, int number, int strips) {
        to.put(jpeg.slice(starts[strip], stripBytes(strip) - 2));
        to.put((byte) 0xff).put((byte) (number == strips - 1 ? 0xd9 : FIRST_RST + number % 8));
    }

    private int u8(int at) {
        return jpeg.get(at) & 0xff;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }
}
