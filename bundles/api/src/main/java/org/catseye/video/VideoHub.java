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
    VideoState state();

    /**
     * Adds a viewer. If there is a picture already, {@link FrameListener#onFrame()} is called at once on the caller's thread.
     *
     * @param accepts the codecs that the viewer can show; frames in another codec are not offered, and a picture in words is
     *     shown instead if JPEG is among them
     */
    Subscription subscribe(FrameListener listener, Set<Codec> accepts);
}
