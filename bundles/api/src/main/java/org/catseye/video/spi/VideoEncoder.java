package org.catseye.video.spi;

import org.catseye.video.VideoHub;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Encodes a picture anew, for viewers on slow lines. A service with the property {@value #OUTPUT}. Of several for the same codec, the hub
 * uses the one with the highest service ranking. H.264 is preferred to JPEG for viewers that support both.
 */
@ConsumerType
public interface VideoEncoder {

    /** Service property: the name of the {@link org.catseye.video.Codec} that the encoder produces. */
    String OUTPUT = "catseye.video.output";

    /**
     * Creates a device whose {@link CaptureDevice#capture} subscribes to {@code source} and publishes frames in the codec
     * {@value #OUTPUT}. The hub calls it on a separate thread, and only while there are viewers. The device
     *
     * <ul>
     * <li>checks {@link CaptureContext#isStopped()} at least four times a second,
     * <li>publishes a key frame soon after {@link CaptureContext#isKeyFrameRequested()} becomes true,
     * <li>publishes each frame as soon as it is encoded; it keeps no frame back for the sake of compression,
     * <li>encodes nothing while the source sends the same picture, once that is sharp,
     * <li>throws an IOException with a message for the user if a prerequisite is missing, after it has reported
     *     {@link Signal#NO_DEVICE}; and if the encoder fails, or produces nothing for a second although it gets frames.
     * </ul>
     *
     * <p>This method is called once per target and quality, and returns immediately.
     *
     * @param source the hub with the picture, in any codec
     */
    CaptureDevice createRendition(VideoHub source, EncoderSettings settings);

    /** The encoder's name for display, such as "ffmpeg (libx264)". */
    String displayName();
}
