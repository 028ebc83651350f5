package org.catseye.core.video.jpeg;

import java.util.Optional;
import java.util.Set;
import org.catseye.core.video.hub.Hub;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.spi.JpegRenderer;

/** What viewers of one target see: the hub of its devices, or a JPEG rendition of it for viewers that cannot show its codec. */
public final class TargetHub implements VideoHub {

    private final Hub main;
    private final JpegRendition rendition;

    public TargetHub(Hub main, JpegRendition rendition) {
        this.main = main;
        this.rendition = rendition;
    }

    @Override
    public VideoState currentState() {
        return main.currentState();
    }

    @Override
    public VideoState currentState(Set<Codec> accepts) {
        VideoState state = main.currentState();
        return acceptsOnlyJpeg(accepts) && JpegRendition.isNeededFor(state) ? rendition.currentState() : state;
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        return acceptsOnlyJpeg(accepts) ? new JpegViewer(main, rendition, listener) : main.subscribe(listener, accepts);
    }

    /** Uses another renderer from now on; empty for none. Waits until the old one has stopped. */
    public void useRenderer(Optional<JpegRenderer> renderer) {
        rendition.useRenderer(renderer);
    }

    public void close() {
        main.close();
        rendition.stopRendering();
    }

    private static boolean acceptsOnlyJpeg(Set<Codec> accepts) {
        return accepts.contains(Codec.JPEG) && !accepts.contains(Codec.H264);
    }
}
