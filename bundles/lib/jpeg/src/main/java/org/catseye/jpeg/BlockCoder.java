package org.catseye.jpeg;

import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * Turns 8x8 samples of one component into Huffman codes: forward DCT after Arai, Agui and Nakajima, quantisation, run lengths
 * (T.81 F.1.2).
 */
final class BlockCoder {

    /** Most bytes a block can take: 64 coefficients of at most 16 + 11 bits, each byte perhaps followed by a zero. */
    static final int MAX_BYTES = 2 * (64 * 27 / 8 + 1);
    /** The largest coefficient of baseline JPEG (T.81 F.1.2.2). */
    private static final int MAX_AC = 1023;
    private static final float COARSE_ROUNDING = 0.4f;
    private static final int[] ZIGZAG = new int[64];

    static {
        for (int i = 0, x = 0, y = 0; i < 64; i++) {
            ZIGZAG[i] = 8 * y + x;
            boolean up = (x + y) % 2 == 0;
            if (up && x == 7 || !up && y < 7 && x == 0) {
                y++;
            } else if (up && y == 0 || !up && y == 7) {
                x++;
            } else {
                x += up ? 1 : -1;
                y += up ? -1 : 1;
            }
        }
    }

    private final Huffman dc;
    private final Huffman ac;
    private final int[] quant;
    private final float[] reciprocal = new float[64];
    private int lastDc;

    BlockCoder(JPEGQTable table, Huffman dc, Huffman ac) {
        this.dc = dc;
        this.ac = ac;
        quant = table.getTable();
        for (int i = 0; i < 64; i++) {
            reciprocal[i] = (float) (1 / (8.0 * quant[i] * scaleFactor(i / 8) * scaleFactor(i % 8)));
        }
    }

    private static double scaleFactor(int k) {
        return k == 0 ? 1 : Math.cos(k * Math.PI / 16) * Math.sqrt(2);
    }

    /** The i-th value of the quantisation table in zigzag order. */
    int zigzagQuant(int i) {
        return quant[ZIGZAG[i]];
    }

    /** Begins a new restart interval. */
    void startInterval() {
        lastDc = 0;
    }

    /** A block whose samples all have one value (-128 to 127). */
    void encodeFlatBlock(float value, BitWriter out) {
        encodeDcValue(Math.round(64 * value * reciprocal[0]), out);
        out.appendBits(ac.code[0], ac.length[0]);
    }

    /**
     * A block of samples (-128 to 127), which are overwritten.
     *
     * @param coarseness the lowest bits of each coefficient that are zero; 0 for none. The mean of the block is always exact
     */
    void encodeBlock(float[] samples, int coarseness, BitWriter out) {
        for (int row = 0; row < 64; row += 8) {
            transformRow(samples, row, 1);
        }
        for (int column = 0; column < 8; column++) {
            transformRow(samples, column, 8);
        }
        encodeDcValue(Math.round(samples[0] * reciprocal[0]), out);
        int zeros = 0;
        for (int i = 1; i < 64; i++) {
            int at = ZIGZAG[i];
            float exact = samples[at] * reciprocal[at];
            int value = coarseness == 0 ? (int) (exact + 16384.5f) - 16384 : roundCoarsely(exact, coarseness);
            if (value == 0) {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) {
                out.appendBits(ac.code[0xf0], ac.length[0xf0]);
            }
            encodeSymbol(ac, zeros << 4, value, out);
            zeros = 0;
        }
        if (zeros > 0) {
            out.appendBits(ac.code[0], ac.length[0]);
        }
    }

    /** Small values become zero: as noise they would cost more than they show. */
    private static int roundCoarsely(float exact, int coarseness) {
        int steps = (int) (Math.abs(exact) / (1 << coarseness) + COARSE_ROUNDING);
        int value = Math.min(steps, MAX_AC >> coarseness) << coarseness;
        return exact < 0 ? -value : value;
    }

    private void encodeDcValue(int value, BitWriter out) {
        encodeSymbol(dc, 0, value - lastDc, out);
        lastDc = value;
    }

    private static void encodeSymbol(Huffman table, int run, int value, BitWriter out) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
        int extra = (value < 0 ? value - 1 : value) & (1 << bits) - 1;
        int symbol = run | bits;
        out.appendBits(table.code[symbol] << bits | extra, table.length[symbol] + bits);
    }

    /** One dimension of the DCT; the factors it leaves out are in {@link #reciprocal}. */
    private static void transformRow(float[] d, int at, int step) {
        int i1 = at + step;
        int i2 = i1 + step;
        int i3 = i2 + step;
        int i4 = i3 + step;
        int i5 = i4 + step;
        int i6 = i5 + step;
        int i7 = i6 + step;
        float s0 = d[at] + d[i7];
        float m0 = d[at] - d[i7];
        float s1 = d[i1] + d[i6];
        float m1 = d[i1] - d[i6];
        float s2 = d[i2] + d[i5];
        float m2 = d[i2] - d[i5];
        float s3 = d[i3] + d[i4];
        float m3 = d[i3] - d[i4];
        float even = s0 - s3;
        float turned = (s1 - s2 + even) * 0.70710678f;
        d[at] = s0 + s3 + s1 + s2;
        d[i4] = s0 + s3 - s1 - s2;
        d[i2] = even + turned;
        d[i6] = even - turned;
        float a = m3 + m2;
        float b = m2 + m1;
        float c = m1 + m0;
        float z5 = (a - c) * 0.38268343f;
        float z2 = 0.54119610f * a + z5;
        float z4 = 1.30656296f * c + z5;
        float z3 = b * 0.70710678f;
        d[i5] = m0 - z3 + z2;
        d[i3] = m0 - z3 - z2;
        d[i1] = m0 + z3 + z4;
        d[i7] = m0 + z3 - z4;
    }
}
