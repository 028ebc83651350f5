package org.catseye.testkit.lkv;

import java.io.ByteArrayOutputStream;

/**
 * Creates H.264 access units with valid parameter sets and slices without a picture, without an encoder. They are sufficient for
 * everything except a decoder. Each slice contains its number, so that a test can identify the frame.
 */
public final class SyntheticVideo {

    private SyntheticVideo() {
    }

    /**
     * An access unit in Annex B form: delimiter, parameter sets if it is a key frame, one slice.
     *
     * @param width a multiple of 2
     * @param height a multiple of 2
     * @param number stored in the slice, see {@link #readNumber}
     * @param bytes of the slice, at least 16
     */
    public static byte[] createUnit(boolean key, int width, int height, int number, int bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        appendUnit(out, new byte[] {9, (byte) (key ? 0x10 : 0x30)});
        if (key) {
            appendUnit(out, createSequenceParameters(width, height));
            appendUnit(out, new byte[] {0x68, (byte) 0xce, 0x38, (byte) 0x80});
        }
        byte[] slice = new byte[bytes];
        slice[0] = (byte) (key ? 0x65 : 0x41);
        // The highest bit means that first_mb_in_slice is 0.
        slice[1] = (byte) 0x88;
        for (int i = 2; i < bytes; i++) {
            // Never 0, so that it contains no start code and needs no emulation prevention.
            slice[i] = (byte) (1 + (number * 31 + i) % 255);
        }
        for (int i = 0; i < 4; i++) {
            slice[2 + i] = (byte) (0x80 | number >> 7 * i & 0x7f);
        }
        appendUnit(out, slice);
        return out.toByteArray();
    }

    /** The number of an access unit from {@link #createUnit}; -1 if it has no complete slice. */
    public static int readNumber(byte[] unit) {
        for (int i = 0; i + 9 < unit.length; i++) {
            boolean code = unit[i] == 0 && unit[i + 1] == 0 && unit[i + 2] == 1;
            if (code && (unit[i + 3] == 0x65 || unit[i + 3] == 0x41)) {
                int number = 0;
                for (int part = 0; part < 4; part++) {
                    number |= (unit[i + 5 + part] & 0x7f) << 7 * part;
                }
                return number;
            }
        }
        return -1;
    }

    /** A Constrained Baseline sequence parameter set, level 4.0. */
    public static byte[] createSequenceParameters(int width, int height) {
        BitWriter bits = new BitWriter();
        bits.putBits(0x67, 8).putBits(66, 8).putBits(0xc0, 8).putBits(40, 8);
        int across = (width + 15) / 16;
        int down = (height + 15) / 16;
        bits.putExpGolomb(0).putExpGolomb(0).putExpGolomb(2).putExpGolomb(1).putBits(0, 1).putExpGolomb(across - 1).putExpGolomb(down - 1).putBits(1, 1).putBits(1, 1);
        boolean cropped = across * 16 != width || down * 16 != height;
        bits.putBits(cropped ? 1 : 0, 1);
        if (cropped) {
            bits.putExpGolomb(0).putExpGolomb((across * 16 - width) / 2).putExpGolomb(0).putExpGolomb((down * 16 - height) / 2);
        }
        bits.putBits(0, 1);
        return bits.finishUnit();
    }

    private static void appendUnit(ByteArrayOutputStream out, byte[] unit) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.writeBytes(unit);
    }

    private static final class BitWriter {
        private final StringBuilder bits = new StringBuilder();

        BitWriter putBits(int value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                bits.append(value >> i & 1);
            }
            return this;
        }

        BitWriter putExpGolomb(int value) {
            String code = Integer.toBinaryString(value + 1);
            bits.append("0".repeat(code.length() - 1)).append(code);
            return this;
        }

        /** Adds the stop bit. Emulation prevention is left out, because such sizes do not need it. */
        byte[] finishUnit() {
            bits.append('1');
            while (bits.length() % 8 != 0) {
                bits.append('0');
            }
            byte[] bytes = new byte[bits.length() / 8];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
            }
            return bytes;
        }
    }
}
