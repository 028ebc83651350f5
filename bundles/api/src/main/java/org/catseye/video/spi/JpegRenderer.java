package org.catseye.video.spi;

import org.catseye.video.VideoHub;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns an H.264 picture into JPEGs for viewers who can show nothing else. A service without properties; if there are several, the
 * highest service ranking is used.
 */
@ConsumerType
public interface JpegRenderer {

    /**
     * A device whose {@link CaptureDevice#capture} subscribes to {@code source}, accepting H.264 only, and publishes JPEGs. The
     * hub runs it on a thread of its own and only while somebody watches; it must look at {@link CaptureContext#isStopped()} at
     * least four times a second. Whatever it lacks (a decoder, say) it tells by an IOException from capture, with the mend.
     * Called once per target; returns at once.
     */
    CaptureDevice createRendition(VideoHub source);
}
