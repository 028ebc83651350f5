package org.catseye.core.video;

import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoState;

/**
 * A viewer who shows JPEG only: it follows the source itself while that gives JPEGs or words, and its rendition while it gives
 * H.264. Its sequence numbers increase across all changes.
 */
final class JpegViewer implements Subscription {

    private final Rendition rendition;
    private final FrameListener listener;
    private final Subscription main;
    /** Guards changes of {@link #rendered}. */
    private final Object lock = new Object();
    private volatile Subscription rendered;
    private volatile long last;
    private volatile boolean closed;

    JpegViewer(Hub source, Rendition rendition, FrameListener listener) {
        this.rendition = rendition;
        this.listener = listener;
        this.main = source.subscribe(new Main(), Set.of(Codec.JPEG));
        follow(source.currentState());
    }

    @Override
    public Optional<Frame> nextFrame() {
        Subscription from = rendered == null ? main : rendered;
        Optional<Frame> frame = from == null || closed ? Optional.empty() : from.nextFrame();
        if (frame.isPresent() && frame.get().sequence() <= last) {
            // What the rendition still holds from before.
            frame.get().close();
            return Optional.empty();
        }
        frame.ifPresent(given -> last = given.sequence());
        return frame;
    }

    /** Every JPEG is one. */
    @Override
    public void requestKeyFrame() {
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            leaveRendition();
        }
        main.close();
    }

    private void follow(VideoState state) {
        synchronized (lock) {
            if (closed || TargetHub.isH264(state) == (rendered != null)) {
                return;
            }
            if (rendered == null) {
                rendered = rendition.subscribe(new Rendered(), last);
            } else {
                leaveRendition();
            }
        }
        listener.onFrameAvailable();
    }

    private void leaveRendition() {
        if (rendered != null) {
            rendered.close();
            rendered = null;
        }
    }

    /** What comes from the source. */
    private final class Main implements FrameListener {

        @Override
        public void onFrameAvailable() {
            if (rendered == null) {
                listener.onFrameAvailable();
            }
        }

        @Override
        public void onStateChanged(VideoState state) {
            follow(state);
            listener.onStateChanged(TargetHub.isH264(state) ? rendition.state() : state);
        }

        @Override
        public void onHubClosed() {
            close();
            listener.onHubClosed();
        }
    }

    /** What comes from the rendition. */
    private final class Rendered implements FrameListener {

        @Override
        public void onFrameAvailable() {
            listener.onFrameAvailable();
        }

        @Override
        public void onStateChanged(VideoState state) {
            listener.onStateChanged(state);
        }
    }
}
