package org.catseye.capture.lkv373a.h264;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The contents of a sequence parameter set (ITU-T H.264, 7.3.2.1.1).
 *
 * @param profile profile_idc
 * @param constraints the byte of constraint flags
 * @param level level_idc, ten times the level
 * @param width pixels after cropping
 * @param height pixels after cropping
 */
public record SequenceParameters(int profile, int constraints, int level, int width, int height) {

    private static final int NAL_TYPE = 7;
    private static final int MACROBLOCK_PIXELS = 16;
    private static final int MAX_PIXELS = 0xffff;

    /** @param nal the unit's bytes from its header on, including emulation prevention. @return empty if they are invalid */
    public static Optional<SequenceParameters> parseUnit(ByteBuffer nal) {
        BitReader bits = new BitReader(nal);
        if ((bits.readBits(8) & 0x1f) != NAL_TYPE) {
            return Optional.empty();
        }
        int profile = bits.readBits(8);
        int constraints = bits.readBits(8);
        int level = bits.readBits(8);
        bits.readExpGolomb();
        int chroma = readChromaFormat(bits, profile);
        bits.readExpGolomb();
        skipPictureOrder(bits);
        bits.readExpGolomb();
        bits.readBits(1);
        long codedWidth = (long) MACROBLOCK_PIXELS * (1 + bits.readExpGolomb());
        long mapHeight = (long) MACROBLOCK_PIXELS * (1 + bits.readExpGolomb());
        int framesOnly = bits.readBits(1);
        bits.readBits(framesOnly == 0 ? 2 : 1);
        int fieldFactor = 2 - framesOnly;
        Cropping cropping = Cropping.readCropping(bits, chroma, fieldFactor);
        long width = codedWidth - cropping.width();
        long height = mapHeight * fieldFactor - cropping.height();
        boolean valid = !bits.isOverrun() && width >= 1 && width <= MAX_PIXELS && height >= 1 && height <= MAX_PIXELS;
        return valid ? Optional.of(new SequenceParameters(profile, constraints, level, (int) width, (int) height)) : Optional.empty();
    }

    /** The chroma format of high profiles; all others have 4:2:0 and do not state it. */
    private static int readChromaFormat(BitReader bits, int profile) {
        if (!hasChromaFields(profile)) {
            return 1;
        }
        int chroma = bits.readExpGolomb();
        skipChromaFields(bits, chroma);
        return chroma;
    }

    /** Pixels that are cut off. */
    private record Cropping(long width, long height) {

        static Cropping readCropping(BitReader bits, int chroma, int fieldFactor) {
            if (!bits.readFlag()) {
                return new Cropping(0, 0);
            }
            long unitWidth = chroma == 1 || chroma == 2 ? 2 : 1;
            long unitHeight = (chroma == 1 ? 2 : 1) * fieldFactor;
            long width = unitWidth * bits.readExpGolomb() + unitWidth * bits.readExpGolomb();
            long height = unitHeight * bits.readExpGolomb() + unitHeight * bits.readExpGolomb();
            return new Cropping(width, height);
        }
    }

    private static boolean hasChromaFields(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipChromaFields(BitReader bits, int chroma) {
        if (chroma == 3) {
            bits.readBits(1);
        }
        bits.readExpGolomb();
        bits.readExpGolomb();
        bits.readBits(1);
        if (!bits.readFlag()) {
            return;
        }
        for (int list = 0; list < (chroma == 3 ? 12 : 8); list++) {
            if (bits.readFlag()) {
                skipScalingList(bits, list < 6 ? 16 : 64);
            }
        }
    }

    private static void skipScalingList(BitReader bits, int size) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size && !bits.isOverrun(); i++) {
            if (next != 0) {
                next = last + bits.readSignedExpGolomb() + 256 & 0xff;
            }
            last = next == 0 ? last : next;
        }
    }

    private static void skipPictureOrder(BitReader bits) {
        int type = bits.readExpGolomb();
        if (type == 0) {
            bits.readExpGolomb();
        } else if (type == 1) {
            bits.readBits(1);
            bits.readExpGolomb();
            bits.readExpGolomb();
            int count = bits.readExpGolomb();
            for (int i = 0; i < count && !bits.isOverrun(); i++) {
                bits.readExpGolomb();
            }
        }
    }
}
