package org.catseye.rendition.jpeg;

import java.util.Arrays;
import org.catseye.video.VideoFormat;

/** Scales a picture down, row by row: each pixel is the mean of the area that it covers, as that keeps small text readable. */
final class RowScaler {

    private static final int COLORS = 3;
    private static final int WHOLE = 256;

    private final VideoFormat from;
    private final VideoFormat to;
    private final Shares columns;
    private final Shares rows;
    /** Of one row, before it is scaled in width. */
    private final int[] sums;

    /** Which pixels of a line make each pixel of a shorter one, and their shares, which are {@value #WHOLE} together. */
    private static final class Shares {
        private final int[] first;
        private final int[][] share;

        Shares(int from, int to) {
            first = new int[to];
            share = new int[to][];
            for (int i = 0; i < to; i++) {
                long begin = (long) i * from;
                long end = begin + from;
                first[i] = (int) (begin / to);
                share[i] = new int[(int) ((end + to - 1) / to) - first[i]];
                int left = WHOLE;
                for (int k = 0; k < share[i].length; k++) {
                    long pixel = (long) (first[i] + k) * to;
                    long covered = Math.min(end, pixel + to) - Math.max(begin, pixel);
                    share[i][k] = k == share[i].length - 1 ? left : (int) (covered * WHOLE / from);
                    left -= share[i][k];
                }
            }
        }
    }

    RowScaler(VideoFormat from, VideoFormat to) {
        this.from = from;
        this.to = to;
        columns = new Shares(from.width(), to.width());
        rows = new Shares(from.height(), to.height());
        sums = new int[COLORS * from.width()];
    }

    /**
     * Scales one row.
     *
     * @param image blue, green and red of each pixel of the large picture
     * @param row of the small picture
     * @param pixels gets {@code 0xRRGGBB} of each pixel, from {@code at}
     */
    void scaleRow(byte[] image, int row, int[] pixels, int at) {
        if (from.width() == to.width() && from.height() == to.height()) {
            copyRow(image, row, pixels, at);
            return;
        }
        addRows(image, row);
        for (int x = 0; x < to.width(); x++) {
            int[] share = columns.share[x];
            int source = COLORS * columns.first[x];
            int blue = 0;
            int green = 0;
            int red = 0;
            for (int part : share) {
                blue += part * sums[source];
                green += part * sums[source + 1];
                red += part * sums[source + 2];
                source += COLORS;
            }
            pixels[at + x] = red & 0xff0000 | green >> 8 & 0xff00 | blue >> 16;
        }
    }

    private void addRows(byte[] image, int row) {
        Arrays.fill(sums, 0);
        int[] share = rows.share[row];
        for (int k = 0; k < share.length; k++) {
            int part = share[k];
            int source = (rows.first[row] + k) * sums.length;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += part * (image[source + i] & 0xff);
            }
        }
    }

    private void copyRow(byte[] image, int row, int[] pixels, int at) {
        int source = COLORS * row * from.width();
        for (int x = 0; x < to.width(); x++, source += COLORS) {
            pixels[at + x] = (image[source + 2] & 0xff) << 16 | (image[source + 1] & 0xff) << 8 | image[source] & 0xff;
        }
    }
}
