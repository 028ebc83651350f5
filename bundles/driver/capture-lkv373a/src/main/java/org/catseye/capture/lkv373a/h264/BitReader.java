package org.catseye.capture.lkv373a.h264;

import java.nio.ByteBuffer;

/**
 * Reads the bits of a NAL unit and skips its emulation prevention bytes. Behind the end it reads zeros, and {@link #isOverrun()} is
 * true. For one thread.
 */
final class BitReader {

    private static final int MAX_ZERO_BITS = 31;
    /** Keeps sums and products of values within the range of int. */
    private static final int MAX_VALUE = Integer.MAX_VALUE / 64;

    private final ByteBuffer bytes;
    private int nextByte;
    private int nextBit = 8;
    private int currentByte;
    private int zeroBytes;
    private boolean overrun;

    BitReader(ByteBuffer bytes) {
        this.bytes = bytes;
        this.nextByte = bytes.position();
    }

    int readBits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (nextBit == 8) {
                advanceByte();
            }
            value = value << 1 | currentByte >> 7 - nextBit & 1;
            nextBit++;
        }
        return value;
    }

    boolean readFlag() {
        return readBits(1) == 1;
    }

    /** Reads an unsigned Exp-Golomb code (ITU-T H.264, 9.1). */
    int readExpGolomb() {
        int zeroBits = 0;
        while (readBits(1) == 0) {
            if (++zeroBits > MAX_ZERO_BITS || overrun) {
                overrun = true;
                return 0;
            }
        }
        long value = (1L << zeroBits) - 1 + (zeroBits == 0 ? 0 : Integer.toUnsignedLong(readBits(zeroBits)));
        return (int) Math.min(value, MAX_VALUE);
    }

    int readSignedExpGolomb() {
        int code = readExpGolomb();
        return (code & 1) == 1 ? code + 1 >> 1 : -(code >> 1);
    }

    boolean isOverrun() {
        return overrun;
    }

    private void advanceByte() {
        nextBit = 0;
        currentByte = takeByte();
        if (zeroBytes == 2 && currentByte == 3) {
            zeroBytes = 0;
            currentByte = takeByte();
        }
        zeroBytes = currentByte == 0 ? zeroBytes + 1 : 0;
    }

    private int takeByte() {
        if (nextByte >= bytes.limit()) {
            overrun = true;
            return 0;
        }
        return bytes.get(nextByte++) & 0xff;
    }
}
