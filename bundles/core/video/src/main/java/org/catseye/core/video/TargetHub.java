package org.catseye.core.video;

import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.JpegRenderer;

/** What viewers of one target see: the hub of its device, and for those who show JPEG only a rendition of what is none. */
final class TargetHub implements VideoHub {

    private final Hub main;
    private final Rendition rendition;

    TargetHub(Hub main, Rendition rendition) {
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
        return needsJpeg(accepts) && isH264(state) ? rendition.state() : state;
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        return needsJpeg(accepts) ? new JpegViewer(main, rendition, listener) : main.subscribe(listener, accepts);
    }

    /** Another renderer from now on; empty: none. Waits for the old one to let go. */
    void renderer(Optional<JpegRenderer> renderer) {
        rendition.renderer(renderer);
    }

    void end() {
        main.end();
        rendition.end();
    }

    static boolean isH264(VideoState state) {
        return state.condition() == Condition.LIVE && state.format().map(format -> format.codec() == Codec.H264).orElse(false);
    }

    private static boolean needsJpeg(Set<Codec> accepts) {
        return accepts.contains(Codec.JPEG) && !accepts.contains(Codec.H264);
    }
}
