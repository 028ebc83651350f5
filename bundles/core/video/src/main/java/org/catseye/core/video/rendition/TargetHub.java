package org.catseye.core.video.rendition;

import java.util.Set;
import org.catseye.core.video.hub.Hub;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.PictureQuality;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoStatistics;

/** What viewers of one target see: the hub of its devices, or a rendition of it. */
public final class TargetHub implements VideoHub {

    private final Hub main;
    private final Renditions renditions;

    public TargetHub(Hub main, Renditions renditions) {
        this.main = main;
        this.renditions = renditions;
    }

    @Override
    public VideoState currentState() {
        return main.currentState();
    }

    @Override
    public VideoState currentState(Set<Codec> accepts) {
        return renditions.stateFor(accepts, main.currentState());
    }

    @Override
    public VideoStatistics currentStatistics() {
        return renditions.countTotals();
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        boolean followsSource = accepts.contains(Codec.H264);
        return followsSource ? main.subscribe(listener, accepts) : subscribe(listener, accepts, PictureQuality.SHARP);
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts, PictureQuality quality) {
        return new RenditionViewer(main, renditions, listener, accepts, quality, true);
    }

    public void close() {
        main.close();
        renditions.stopAll();
    }
}
