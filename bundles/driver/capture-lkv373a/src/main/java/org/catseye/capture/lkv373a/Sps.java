package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a sequence parameter set says (ITU-T H.264, 7.3.2.1.1).
 *
 * @param profile profile_idc
 * @param constraints the byte of constraint flags
 * @param level level_idc, ten times the level
 * @param width pixels, cropping taken off
 * @param height likewise
 */
record Sps(int profile, int constraints, int level, int width, int height) {

    /** @param nal the unit's bytes from its header on, emulation prevention included; empty if it makes no sense */
    static Optional<Sps> parse(ByteBuffer nal) {
        Bits bits = new Bits(nal);
        if ((bits.read(8) & 0x1f) != 7) {
            return Optional.empty();
        }
        int profile = bits.read(8);
        int constraints = bits.read(8);
        int level = bits.read(8);
        bits.exp();
        int chroma = 1;
        if (extended(profile)) {
            chroma = bits.exp();
            skipColour(bits, chroma);
        }
        bits.exp();
        skipOrder(bits);
        bits.exp();
        bits.read(1);
        long width = 16L * (1 + bits.exp());
        long mapHeight = 16L * (1 + bits.exp());
        int frames = bits.read(1);
        if (frames == 0) {
            bits.read(1);
        }
        bits.read(1);
        long height = mapHeight * (2 - frames);
        if (bits.read(1) == 1) {
            int across = chroma == 1 || chroma == 2 ? 2 : 1;
            int down = (chroma == 1 ? 2 : 1) * (2 - frames);
            width -= (long) across * bits.exp() + (long) across * bits.exp();
            height -= (long) down * bits.exp() + (long) down * bits.exp();
        }
        if (bits.overrun() || width < 1 || width > 0xffff || height < 1 || height > 0xffff) {
            return Optional.empty();
        }
        return Optional.of(new Sps(profile, constraints, level, (int) width, (int) height));
    }

    private static boolean extended(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipColour(Bits bits, int chroma) {
        if (chroma == 3) {
            bits.read(1);
        }
        bits.exp();
        bits.exp();
        bits.read(1);
        if (bits.read(1) == 0) {
            return;
        }
        for (int list = 0; list < (chroma == 3 ? 12 : 8); list++) {
            if (bits.read(1) == 1) {
                skipScaling(bits, list < 6 ? 16 : 64);
            }
        }
    }

    private static void skipScaling(Bits bits, int size) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size && !bits.overrun(); i++) {
            if (next != 0) {
                next = last + bits.signedExp() + 256 & 0xff;
            }
            last = next == 0 ? last : next;
        }
    }

    private static void skipOrder(Bits bits) {
        int type = bits.exp();
        if (type == 0) {
            bits.exp();
        } else if (type == 1) {
            bits.read(1);
            bits.exp();
            bits.exp();
            int count = bits.exp();
            for (int i = 0; i < count && !bits.overrun(); i++) {
                bits.exp();
            }
        }
    }

    /** Reads bits and skips emulation prevention; beyond the end there are zeros, and {@link #overrun()} says so. */
    private static final class Bits {
        private final ByteBuffer bytes;
        private int at;
        private int bit = 8;
        private int current;
        private int zeros;
        private boolean overrun;

        Bits(ByteBuffer bytes) {
            this.bytes = bytes;
            this.at = bytes.position();
        }

        int read(int count) {
            int value = 0;
            for (int i = 0; i < count; i++) {
                if (bit == 8) {
                    nextByte();
                }
                value = value << 1 | current >> 7 - bit & 1;
                bit++;
            }
            return value;
        }

        /** Unsigned Exp-Golomb (9.1). */
        int exp() {
            int zeroBits = 0;
            while (read(1) == 0) {
                if (++zeroBits > 31 || overrun) {
                    overrun = true;
                    return 0;
                }
            }
            long value = (1L << zeroBits) - 1 + (zeroBits == 0 ? 0 : Integer.toUnsignedLong(read(zeroBits)));
            return (int) Math.min(value, Integer.MAX_VALUE / 64);
        }

        int signedExp() {
            int code = exp();
            return (code & 1) == 1 ? code + 1 >> 1 : -(code >> 1);
        }

        boolean overrun() {
            return overrun;
        }

        private void nextByte() {
            bit = 0;
            current = peek();
            if (zeros == 2 && current == 3) {
                zeros = 0;
                current = peek();
            }
            zeros = current == 0 ? zeros + 1 : 0;
        }

        private int peek() {
            if (at >= bytes.limit()) {
                overrun = true;
                return 0;
            }
            return bytes.get(at++) & 0xff;
        }
    }
}
