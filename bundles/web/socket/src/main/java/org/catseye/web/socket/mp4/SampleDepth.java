package org.catseye.web.socket.mp4;

import java.util.Optional;
import java.util.Set;

/**
 * How the pixels of a high profile are stored (ITU-T H.264, 7.3.2.1.1).
 *
 * @param chromaFormat 0 to 3; 1 is 4:2:0
 * @param luma bits of a brightness, 8 to 14
 * @param chroma bits of a colour, 8 to 14
 */
record SampleDepth(int chromaFormat, int luma, int chroma) {

    /** The profiles for which the header has these values (ISO/IEC 14496-15, 5.3.3.1.2). */
    private static final Set<Integer> PROFILES = Set.of(100, 110, 122, 144);
    private static final int FIRST_BIT = 32;
    private static final int MAX_DEPTH = 14;

    /** @return empty for other profiles, and if the values are not possible */
    static Optional<SampleDepth> ofSps(byte[] sps) {
        if (!PROFILES.contains(sps[1] & 0xff)) {
            return Optional.empty();
        }
        Bits bits = new Bits(sps);
        bits.readGolomb();
        int chromaFormat = bits.readGolomb();
        if (chromaFormat == 3) {
            bits.readBit();
        }
        SampleDepth depth = new SampleDepth(chromaFormat, 8 + bits.readGolomb(), 8 + bits.readGolomb());
        boolean possible = chromaFormat <= 3 && depth.luma <= MAX_DEPTH && depth.chroma <= MAX_DEPTH;
        return possible ? Optional.of(depth) : Optional.empty();
    }

    /** Reads bits after profile and level. Beyond the end, all are 1. */
    private static final class Bits {

        private final byte[] bytes;
        private int at = FIRST_BIT;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        int readBit() {
            int bit = at / 8 < bytes.length ? bytes[at / 8] >> 7 - at % 8 & 1 : 1;
            at++;
            return bit;
        }

        /** An unsigned Exp-Golomb code (9.1). */
        int readGolomb() {
            int zeros = 0;
            while (readBit() == 0) {
                zeros++;
            }
            int value = 1;
            for (int i = 0; i < zeros; i++) {
                value = value << 1 | readBit();
            }
            return zeros > 30 ? Integer.MAX_VALUE - 8 : value - 1;
        }
    }
}
