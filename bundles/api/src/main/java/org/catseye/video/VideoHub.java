package org.catseye.video;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Provides the video of one target, independently of the device that currently captures it. Registered as a service with the
 * property {@code kvm.target}. Thread-safe; no method blocks.
 */
@ProviderType
public interface VideoHub {

    /** The current state of the video. */
    VideoState currentState();

    /**
     * The current state of the video for a viewer that supports only certain codecs. It differs from {@link #currentState()} when
     * the live picture uses another codec. In that case it describes the picture in a supported codec, or why there is none.
     *
     * @param accepts the codecs that the viewer supports
     */
    default VideoState currentState(Set<Codec> accepts) {
        return currentState();
    }

    /** Totals for monitoring. */
    default VideoStatistics currentStatistics() {
        return VideoStatistics.NONE;
    }

    /**
     * Adds a viewer. If a picture is already available, {@link FrameListener#onFrameAvailable()} is called immediately on the
     * caller's thread. The sequence numbers of the frames for one viewer always increase.
     *
     * @param listener the viewer
     * @param accepts the codecs that the viewer supports. Frames in other codecs are not offered. A viewer that supports only
     *     JPEG receives an H.264 picture converted to JPEG if a {@link org.catseye.video.spi.JpegRenderer} is available,
     *     otherwise a placeholder picture with a message
     */
    Subscription subscribe(FrameListener listener, Set<Codec> accepts);

    /**
     * Adds a viewer as {@link #subscribe(FrameListener, Set)} does, which may get its picture in a lower quality. All viewers of the
     * same quality share one encoder, which works only while there is such a viewer. If no encoder is available, or if it fails, the
     * viewer gets the picture in the quality {@link PictureQuality#SHARP}; {@link Subscription#currentDelivery()} has the reason.
     *
     * @param quality can be changed with {@link Subscription#changeQuality}
     */
    default Subscription subscribe(FrameListener listener, Set<Codec> accepts, PictureQuality quality) {
        return subscribe(listener, accepts);
    }
}
