package org.catseye.core.video;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.JpegRenderer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H.264 picture as JPEGs: a hub of its own, whose device is a {@link JpegRenderer}'s. Its thread is started with the first viewer
 * who needs it, and works only while there is one.
 */
final class Rendition {

    private static final String MISSING = "This picture comes as H.264, and nothing is installed that makes JPEGs of it. Use a page that shows"
        + " H.264, or add the bundle org.catseye.jpeg.ffmpeg and the program ffmpeg (apt-get install ffmpeg).";
    private static final Logger LOG = LoggerFactory.getLogger(Rendition.class);

    private final Hub source;
    private final Hub hub;
    private final Executor background;
    /** Guards what is below; held while a loop is stopped, so the capture thread never takes it. */
    private final Object lock = new Object();
    private Optional<JpegRenderer> renderer;
    private boolean wanted;
    private boolean ended;
    private CaptureLoop loop;

    /**
     * @param source the hub of the H.264 picture
     * @param hub for the JPEGs
     * @param background starts the renderer's thread; one thread
     */
    Rendition(Hub source, Hub hub, Optional<JpegRenderer> renderer, Executor background) {
        this.source = source;
        this.hub = hub;
        this.renderer = renderer;
        this.background = background;
        sayWhatIsSo();
    }

    VideoState state() {
        return hub.currentState();
    }

    /** Adds a viewer whose frames are numbered beyond {@code after}. Never blocks. */
    Subscription subscribe(FrameListener listener, long after) {
        hub.atLeast(after);
        try {
            background.execute(this::want);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: not rendered, the hubs are stopping", hub.target());
        }
        return hub.subscribe(listener, Set.of(Codec.JPEG));
    }

    /** Another renderer from now on; empty: none. Waits for the old one to let go. */
    void renderer(Optional<JpegRenderer> next) {
        synchronized (lock) {
            if (next.equals(renderer)) {
                return;
            }
            stop();
            renderer = next;
            sayWhatIsSo();
            start();
        }
    }

    void end() {
        synchronized (lock) {
            ended = true;
            stop();
        }
        hub.end();
    }

    private void want() {
        synchronized (lock) {
            wanted = true;
            start();
        }
    }

    private void start() {
        if (wanted && !ended && loop == null && renderer.isPresent()) {
            try {
                loop = new CaptureLoop(hub, new OnDemand(renderer.get().createRendition(new Source(source))), "the JPEG rendition");
                loop.start();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("{}: the JPEG renderer failed", hub.target(), e);
            }
        }
    }

    private void stop() {
        if (loop != null) {
            loop.stop();
            loop = null;
            hub.pool().trim();
        }
    }

    private void sayWhatIsSo() {
        Condition condition = renderer.isPresent() ? Condition.CONNECTING : Condition.NO_DEVICE;
        String reason = renderer.isPresent() ? OnDemand.STARTING : MISSING;
        if (hub.viewerCount() == 0) {
            hub.initially(condition, reason);
        } else {
            hub.condition(condition, reason);
        }
    }

    /** The source as its renderer sees it: whoever renders is no viewer. */
    private record Source(Hub hub) implements VideoHub {

        @Override
        public VideoState currentState() {
            return hub.currentState();
        }

        @Override
        public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
            return hub.subscribe(listener, accepts, false);
        }
    }
}
