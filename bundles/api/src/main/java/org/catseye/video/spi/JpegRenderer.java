package org.catseye.video.spi;

import org.catseye.video.VideoHub;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Converts an H.264 picture to JPEG for viewers that support only JPEG. A service without properties. If there are several, the
 * hub uses the one with the highest service ranking.
 */
@ConsumerType
public interface JpegRenderer {

    /**
     * Creates a device whose {@link CaptureDevice#capture} subscribes to {@code source} for H.264 only and publishes JPEG frames.
     * The hub runs it on a separate thread, and only while there are viewers. It must check {@link CaptureContext#isStopped()} at
     * least four times a second. If a prerequisite is missing, such as a decoder, {@code capture} throws an IOException with the
     * remedy. This method is called once per target and must return immediately.
     *
     * @param source the hub with the H.264 picture
     */
    CaptureDevice createRendition(VideoHub source);
}
