package org.catseye.jpeg;

import java.util.Arrays;

/** Entropy-coded bytes of one strip, in a buffer that only ever grows (T.81 F.1.2.3: a zero follows each 0xFF). */
final class BitWriter {

    private byte[] bytes = new byte[1024];
    private int size;
    private long held;
    private int bits;

    void clearBits() {
        size = 0;
        held = 0;
        bits = 0;
    }

    /** Makes sure that {@code more} bytes fit. */
    void reserveBytes(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /** Appends the lowest {@code length} (at most 32) bits of {@code value}, whose higher bits are zero. */
    void appendBits(int value, int length) {
        held = held << length | value;
        bits += length;
        while (bits >= 8) {
            bits -= 8;
            appendRawByte((int) (held >> bits) & 0xff);
        }
    }

    private void appendRawByte(int value) {
        bytes[size++] = (byte) value;
        if (value == 0xff) {
            bytes[size++] = 0;
        }
    }

    /** Fills the last byte with ones and appends the restart marker {@code RSTn}, or nothing if n is negative. */
    void endInterval(int n) {
        if (bits > 0) {
            appendBits((1 << 8 - bits) - 1, 8 - bits);
        }
        if (n >= 0) {
            bytes[size++] = (byte) 0xff;
            bytes[size++] = (byte) (0xd0 + n);
        }
    }

    byte[] byteArray() {
        return bytes;
    }

    int sizeBytes() {
        return size;
    }
}
