package org.catseye.video.spi;

/**
 * Limits for an encoder.
 *
 * @param kilobitsPerSecond upper limit of the bit rate over about half a second, in 1000 bit/s. A still picture needs much less
 * @param framesPerSecond upper limit
 * @param width upper limit in pixels; a wider picture is scaled down in its own shape, a smaller one keeps its size
 * @param groupFrames upper limit for the number of frames from one key frame to the next (H.264 only)
 */
public record EncoderSettings(int kilobitsPerSecond, int framesPerSecond, int width, int groupFrames) {

    /** @throws IllegalArgumentException if a limit is below 1 */
    public EncoderSettings {
        if (kilobitsPerSecond < 1 || framesPerSecond < 1 || width < 1 || groupFrames < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }
}
