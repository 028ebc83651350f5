package org.catseye.rendition.jpeg;

import org.catseye.video.VideoFormat;

/** Enlarges pictures with smooth transitions between the pixels, because edges would take many bytes in a JPEG. */
final class PixelEnlarger {

    private static final int WHOLE_BITS = 8;
    private static final int WHOLE = 1 << WHOLE_BITS;
    private static final int OUTER = 0xff00ff;
    private static final int GREEN = 0x00ff00;

    private PixelEnlarger() {
    }

    /**
     * @param small {@code 0xRRGGBB}, row by row; the same for {@code large}, which gets the result
     * @param from size of the small picture
     * @param to size of the large one, at least as large
     */
    static void enlarge(int[] small, VideoFormat from, int[] large, VideoFormat to) {
        int[] columns = findPositions(from.width(), to.width());
        int[] rows = findPositions(from.height(), to.height());
        for (int y = 0; y < to.height(); y++) {
            int upper = (rows[y] >> WHOLE_BITS) * from.width();
            int lower = Math.min(upper + from.width(), small.length - from.width());
            int down = rows[y] & WHOLE - 1;
            for (int x = 0; x < to.width(); x++) {
                int left = columns[x] >> WHOLE_BITS;
                int right = Math.min(left + 1, from.width() - 1);
                int across = columns[x] & WHOLE - 1;
                int top = mix(small[upper + left], small[upper + right], across);
                int bottom = mix(small[lower + left], small[lower + right], across);
                large[y * to.width() + x] = mix(top, bottom, down);
            }
        }
    }

    /** Where the centre of each large pixel is between the centres of small ones, in parts of {@value #WHOLE}. */
    private static int[] findPositions(int from, int to) {
        int[] positions = new int[to];
        for (int i = 0; i < to; i++) {
            long position = (2L * i + 1) * from * WHOLE / (2L * to) - WHOLE / 2;
            positions[i] = (int) Math.max(0, Math.min(position, (long) (from - 1) << WHOLE_BITS));
        }
        return positions;
    }

    private static int mix(int one, int other, int share) {
        if (one == other) {
            return one;
        }
        int outer = (one & OUTER) * (WHOLE - share) + (other & OUTER) * share >>> WHOLE_BITS;
        int green = (one & GREEN) * (WHOLE - share) + (other & GREEN) * share >>> WHOLE_BITS;
        return outer & OUTER | green & GREEN;
    }
}
