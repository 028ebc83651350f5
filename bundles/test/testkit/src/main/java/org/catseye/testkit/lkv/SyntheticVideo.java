package org.catseye.testkit.lkv;

import java.io.ByteArrayOutputStream;

/**
 * H.264 access units with true parameter sets and slices full of nothing: enough for everything but a decoder, without an encoder.
 * Each slice carries its number, so that a test can tell which frame it got.
 */
public final class SyntheticVideo {

    private SyntheticVideo() {
    }

    /**
     * An access unit in Annex B form: delimiter, parameter sets if it is a key frame, one slice.
     *
     * @param width a multiple of 2
     * @param height a multiple of 2
     * @param number stands in the slice, see {@link #number}
     * @param bytes of the slice, at least 16
     */
    public static byte[] unit(boolean key, int width, int height, int number, int bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        nal(out, new byte[] {9, (byte) (key ? 0x10 : 0x30)});
        if (key) {
            nal(out, sps(width, height));
            nal(out, new byte[] {0x68, (byte) 0xce, 0x38, (byte) 0x80});
        }
        byte[] slice = new byte[bytes];
        slice[0] = (byte) (key ? 0x65 : 0x41);
        // The highest bit: first_mb_in_slice is 0.
        slice[1] = (byte) 0x88;
        for (int i = 2; i < bytes; i++) {
            // Never 0: no start code and no emulation prevention in it.
            slice[i] = (byte) (1 + (number * 31 + i) % 255);
        }
        for (int i = 0; i < 4; i++) {
            slice[2 + i] = (byte) (0x80 | number >> 7 * i & 0x7f);
        }
        nal(out, slice);
        return out.toByteArray();
    }

    /** The number of an access unit made by {@link #unit}; -1 if it has no whole slice. */
    public static int number(byte[] unit) {
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
    public static byte[] sps(int width, int height) {
        Bits bits = new Bits();
        bits.put(0x67, 8).put(66, 8).put(0xc0, 8).put(40, 8);
        int across = (width + 15) / 16;
        int down = (height + 15) / 16;
        bits.exp(0).exp(0).exp(2).exp(1).put(0, 1).exp(across - 1).exp(down - 1).put(1, 1).put(1, 1);
        boolean cropped = across * 16 != width || down * 16 != height;
        bits.put(cropped ? 1 : 0, 1);
        if (cropped) {
            bits.exp(0).exp((across * 16 - width) / 2).exp(0).exp((down * 16 - height) / 2);
        }
        bits.put(0, 1);
        return bits.end();
    }

    private static void nal(ByteArrayOutputStream out, byte[] unit) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.writeBytes(unit);
    }

    private static final class Bits {
        private final StringBuilder bits = new StringBuilder();

        Bits put(int value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                bits.append(value >> i & 1);
            }
            return this;
        }

        Bits exp(int value) {
            String code = Integer.toBinaryString(value + 1);
            bits.append("0".repeat(code.length() - 1)).append(code);
            return this;
        }

        /** With the stop bit; without emulation prevention, which such sizes do not need. */
        byte[] end() {
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
