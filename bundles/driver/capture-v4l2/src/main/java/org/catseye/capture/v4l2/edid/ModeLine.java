package org.catseye.capture.v4l2.edid;

/**
 * A timing to write. The clock is in 10 kHz; active, blanking, front porch and sync are pixels or lines.
 *
 * @param polarity one of the constants
 */
record ModeLine(int clock, int across, int blank, int front, int sync, int down, int vBlank, int vFront, int vSync, int polarity) {

    /** Digital separate sync, and the sign of each. */
    static final int BOTH_POSITIVE = 0x1e;
    static final int HORIZONTAL_POSITIVE = 0x1a;
    static final int BOTH_NEGATIVE = 0x18;

    private static final double HERTZ_PER_UNIT = 10_000;

    /** Lines per second. */
    double lineRate() {
        return clock * HERTZ_PER_UNIT / (across + blank);
    }
}
