package org.catseye.capture.v4l2.kernel;

/**
 * The format that a device agreed to deliver.
 *
 * @param fourcc pixel format, see {@link V4l2#formatName(int)}
 * @param width pixels
 * @param height pixels
 * @param bytesPerLine for uncompressed formats; 0 for JPEG
 * @param framesPerSecond 0 if the device does not report it
 */
public record StreamFormat(int fourcc, int width, int height, int bytesPerLine, double framesPerSecond) {

    /** Such as {@code 1280x720 MJPG at 30/s}. */
    public String description() {
        String rate = framesPerSecond == 0 ? "" : " at " + formatRate(framesPerSecond) + "/s";
        return width + "x" + height + " " + V4l2.formatName(fourcc) + rate;
    }

    /** A rate with at most two decimals, and none if it is whole: 30, 29.97. */
    private static String formatRate(double framesPerSecond) {
        double rounded = Math.round(framesPerSecond * 100) / 100.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
