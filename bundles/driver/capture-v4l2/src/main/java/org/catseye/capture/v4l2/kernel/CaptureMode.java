package org.catseye.capture.v4l2.kernel;

/**
 * The mode to request from a device.
 *
 * @param fourcc pixel format
 * @param width pixels
 * @param height pixels
 * @param framesPerSecond 0 leaves the rate unchanged
 */
public record CaptureMode(int fourcc, int width, int height, double framesPerSecond) {

    /** Such as {@code 1280x720 MJPG at 30/s}. */
    public String description() {
        return new StreamFormat(fourcc, width, height, 0, framesPerSecond).description();
    }
}
