package org.catseye.capture.v4l2.edid;

import java.nio.charset.StandardCharsets;

/** One block of an EDID: 128 bytes. Positions are relative to the block. Immutable. */
final class EdidBytes {

    static final int BLOCK_BYTES = 128;
    static final int DETAILED_BYTES = 18;

    private static final int HIGH_NIBBLE = 0xf0;
    private static final int LOW_NIBBLE = 0x0f;

    private final byte[] all;
    private final int start;

    EdidBytes(byte[] all, int block) {
        this.all = all;
        this.start = block * BLOCK_BYTES;
    }

    int at(int position) {
        return all[start + position] & 0xff;
    }

    /** Where a position is in the whole EDID, for messages. */
    int positionInEdid(int position) {
        return start + position;
    }

    /** A 12-bit number: 8 low bits, and 4 high bits in the upper half of another byte. */
    int readWithUpperHalf(int low, int high) {
        return at(low) | (at(high) & HIGH_NIBBLE) << 4;
    }

    /** A 12-bit number: 8 low bits, and 4 high bits in the lower half of another byte. */
    int readWithLowerHalf(int low, int high) {
        return at(low) | (at(high) & LOW_NIBBLE) << 8;
    }

    /** A text that ends at a line feed or after {@code length} bytes. Unprintable characters become question marks. */
    String readText(int position, int length) {
        String text = new String(all, start + position, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).replaceAll("[^\\x20-\\x7e]", "?").trim();
    }

    /** What the last byte has to be, so that the sum of the block is a multiple of 256. */
    int requiredChecksum() {
        int sum = 0;
        for (int i = 0; i < BLOCK_BYTES - 1; i++) {
            sum += at(i);
        }
        return -sum & 0xff;
    }
}
