package org.catseye.core.video.jpeg;

import java.util.Optional;
import java.util.Set;
import org.catseye.core.video.hub.Hub;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoState;

/**
 * A viewer that shows JPEG only: it follows the source itself while that delivers JPEGs or placeholders, and the rendition while the
 * source delivers H.264. Its sequence numbers increase across all changes.
 */
final class JpegViewer implements Subscription {

    private final Hub source;
    private final JpegRendition rendition;
    private final FrameListener listener;
    private final Subscription main;
    /** Guards changes of {@link #rendered}. */
    private final Object lock = new Object();
    private volatile Optional<Subscription> rendered = Optional.empty();
    private volatile long lastSequence;
    private volatile boolean closed;

    JpegViewer(Hub source, JpegRendition rendition, FrameListener listener) {
        this.source = source;
        this.rendition = rendition;
        this.listener = listener;
        this.main = source.subscribe(new SourceListener(), Set.of(Codec.JPEG));
        followSource();
    }

    @Override
    public Optional<Frame> nextFrame() {
        // Null while the constructor subscribes.
        Subscription from = rendered.orElse(main);
        Optional<Frame> frame = from == null || closed ? Optional.empty() : from.nextFrame();
        if (frame.isPresent() && frame.get().sequence() <= lastSequence) {
            // The rendition still holds a frame from before.
            frame.get().close();
            return Optional.empty();
        }
        frame.ifPresent(next -> lastSequence = next.sequence());
        return frame;
    }

    /** Every JPEG is a key frame. */
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

    /** Moves to the rendition or back. Reads the newest state, because notifications may overtake each other. */
    private void followSource() {
        synchronized (lock) {
            if (closed || JpegRendition.isNeededFor(source.currentState()) == rendered.isPresent()) {
                return;
            }
            if (rendered.isEmpty()) {
                rendered = Optional.of(rendition.subscribe(new RenditionListener(), lastSequence));
            } else {
                leaveRendition();
            }
        }
        listener.onFrameAvailable();
    }

    private void leaveRendition() {
        rendered.ifPresent(Subscription::close);
        rendered = Optional.empty();
    }

    /** What the source reports. */
    private final class SourceListener implements FrameListener {

        @Override
        public void onFrameAvailable() {
            if (rendered.isEmpty()) {
                listener.onFrameAvailable();
            }
        }

        @Override
        public void onStateChanged(VideoState state) {
            followSource();
            listener.onStateChanged(JpegRendition.isNeededFor(state) ? rendition.currentState() : state);
        }

        @Override
        public void onHubClosed() {
            close();
            listener.onHubClosed();
        }
    }

    /** What the rendition reports. */
    private final class RenditionListener implements FrameListener {

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
