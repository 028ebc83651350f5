package org.catseye.capture.v4l2;

/**
 * What to ask a device for.
 *
 * @param fourcc pixel format
 * @param width pixels
 * @param height pixels
 * @param fps frames per second; 0: leave it as it is
 */
record Mode(int fourcc, int width, int height, double fps) {

    /** Such as {@code 1280x720 MJPG at 30/s}. */
    String words() {
        return new Format(fourcc, width, height, 0, fps).words();
    }

    /** A rate without a useless fraction: 30, 29.97. */
    static String rate(double fps) {
        double rounded = Math.round(fps * 100) / 100.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
