package org.catseye.core.video.jpeg;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.catseye.core.video.capture.CaptureLoop;
import org.catseye.core.video.capture.OnDemandDevice;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.HubInput;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.JpegRenderer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H.264 picture as JPEGs: a hub of its own, whose device is a {@link JpegRenderer}'s. Its thread is started for the first viewer
 * that needs it, and works only while there is one.
 */
public final class JpegRendition {

    private static final String NO_RENDERER_REASON = "This picture comes as H.264, and nothing is installed that makes JPEGs of it. Use a page"
        + " that shows H.264, or add the bundle org.catseye.jpeg.ffmpeg and the program ffmpeg (apt-get install ffmpeg).";
    private static final Logger LOG = LoggerFactory.getLogger(JpegRendition.class);

    private final Hub source;
    private final Hub hub;
    private final Executor background;
    /** Guards what is below; held while a loop is stopped, so the capture thread never takes it. */
    private final Object lock = new Object();
    private Optional<JpegRenderer> renderer;
    private boolean needed;
    private boolean closed;
    private Optional<CaptureLoop> loop = Optional.empty();

    /**
     * @param source the hub of the H.264 picture
     * @param hub for the JPEGs
     * @param background starts the renderer's thread; one thread
     */
    public JpegRendition(Hub source, Hub hub, Optional<JpegRenderer> renderer, Executor background) {
        this.source = source;
        this.hub = hub;
        this.renderer = renderer;
        this.background = background;
        showIdleCondition();
    }

    /** Whether a viewer of JPEG needs a rendition of this picture. */
    static boolean isNeededFor(VideoState state) {
        return state.condition() == Condition.LIVE && state.format().map(format -> format.codec() == Codec.H264).orElse(false);
    }

    VideoState currentState() {
        return hub.currentState();
    }

    /** Adds a viewer whose frames are numbered beyond {@code lastSequence}. Never blocks. */
    Subscription subscribe(FrameListener listener, long lastSequence) {
        hub.skipSequenceTo(lastSequence);
        try {
            background.execute(this::startForViewer);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: not rendered, the hubs are stopping", hub.target());
        }
        return hub.subscribe(listener, Set.of(Codec.JPEG));
    }

    /** Uses another renderer from now on; empty for none. Waits until the old one has stopped. */
    void useRenderer(Optional<JpegRenderer> next) {
        synchronized (lock) {
            if (next.equals(renderer)) {
                return;
            }
            stopLoop();
            renderer = next;
            showIdleCondition();
            startLoop();
        }
    }

    void stopRendering() {
        synchronized (lock) {
            closed = true;
            stopLoop();
        }
        hub.close();
    }

    private void startForViewer() {
        synchronized (lock) {
            needed = true;
            startLoop();
        }
    }

    private void startLoop() {
        if (!needed || closed || loop.isPresent() || renderer.isEmpty()) {
            return;
        }
        try {
            HubInput input = hub.openInput();
            CaptureLoop started = new CaptureLoop(input, new OnDemandDevice(renderer.get().createRendition(new UncountedHub(source))),
                "the JPEG rendition");
            hub.selectInput(input, "", IncomingSignal.UNKNOWN);
            hub.setSource(Optional.of(started));
            loop = Optional.of(started);
            started.start();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: the JPEG renderer failed", hub.target(), e);
        }
    }

    private void stopLoop() {
        if (loop.isPresent()) {
            hub.setSource(Optional.empty());
            loop.get().stop();
            hub.selectInput(null, "", IncomingSignal.UNKNOWN);
            loop = Optional.empty();
            hub.pool().releaseFreeBuffers();
        }
    }

    private void showIdleCondition() {
        Condition condition = renderer.isPresent() ? Condition.CONNECTING : Condition.NO_DEVICE;
        String reason = renderer.isPresent() ? OnDemandDevice.STARTING_REASON : NO_RENDERER_REASON;
        if (hub.viewerCount() == 0) {
            hub.setInitialCondition(condition, reason);
        } else {
            hub.showCondition(condition, reason);
        }
    }

    /** The source as its renderer sees it: a renderer does not count as a viewer. */
    private record UncountedHub(Hub hub) implements VideoHub {

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
