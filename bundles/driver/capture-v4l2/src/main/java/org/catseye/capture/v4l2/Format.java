package org.catseye.capture.v4l2;

/**
 * What the device agreed to deliver.
 *
 * @param fourcc pixel format, see {@link V4l2#name(int)}
 * @param width pixels
 * @param height pixels
 * @param bytesPerLine for uncompressed formats; 0 for JPEG
 * @param fps frames per second; 0 if the device does not say
 */
record Format(int fourcc, int width, int height, int bytesPerLine, double fps) {

    /** Such as {@code 1280x720 MJPG at 30/s}. */
    String words() {
        String rate = fps == 0 ? "" : " at " + Mode.rate(fps) + "/s";
        return width + "x" + height + " " + V4l2.name(fourcc) + rate;
    }
}
