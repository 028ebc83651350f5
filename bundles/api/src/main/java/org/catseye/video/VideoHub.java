package org.catseye.video;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The pictures of one target, whichever device they come from at the moment. Registered with the service property
 * {@code kvm.target}. Thread-safe; no method blocks.
 */
@ProviderType
public interface VideoHub {

    /** What there is to see just now. */
    VideoState currentState();

    /**
     * What there is to see for a viewer who can show only these codecs. It differs from {@link #currentState()} when the live picture
     * comes in another codec: then it tells how the picture in an accepted codec is doing, or why there is none.
     */
    default VideoState currentState(Set<Codec> accepts) {
        return currentState();
    }

    /**
     * Adds a viewer. If there is a picture already, {@link FrameListener#onFrameAvailable()} is called at once on the caller's thread.
     *
     * @param accepts the codecs that the viewer can show. Frames in another codec are not offered; who accepts JPEG only gets a
     *     rendition of an H.264 picture, if a {@link org.catseye.video.spi.JpegRenderer} is there, and a picture in words
     *     otherwise. The sequence numbers of what one viewer gets always increase
     */
    Subscription subscribe(FrameListener listener, Set<Codec> accepts);
}
