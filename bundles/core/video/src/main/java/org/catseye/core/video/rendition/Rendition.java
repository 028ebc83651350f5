package org.catseye.core.video.rendition;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.catseye.core.video.capture.CaptureLoop;
import org.catseye.core.video.capture.OnDemandDevice;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.HubInput;
import org.catseye.core.video.hub.HubSubscription;
import org.catseye.core.video.hub.HubTotals;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.PictureQuality;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.VideoStatistics.EncoderTotals;
import org.catseye.video.spi.CaptureDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A picture made from the one of a target: a hub of its own, whose device belongs to a {@link Maker}. Its thread is started for the first
 * viewer that needs it, and works only while there is one.
 */
final class Rendition {

    private static final long MISSING_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(Rendition.class);

    private final Hub source;
    private final Renditions all;
    private final Hub hub;
    private final Codec output;
    private final PictureQuality quality;
    private final String unavailableReason;
    private final Executor background;
    /** Guards what is below; held while a loop is stopped, so the capture thread never takes it. */
    private final Object lock = new Object();
    private volatile Optional<Maker> maker = Optional.empty();
    private volatile Optional<Missing> missing = Optional.empty();
    /** What the encoders before this one published. */
    private volatile Totals before = new Totals(0, 0, 0, 0);
    /** How often an attempt to make pictures failed. */
    private final AtomicLong failures = new AtomicLong();
    private boolean needed;
    private boolean closed;
    private Optional<CaptureLoop> loop = Optional.empty();

    /** Something that is not installed, and when that was found out. */
    private record Missing(String reason, long nanos) {
    }

    /** Figures of a hub at some time. */
    private record Totals(long frames, long bytes, long deliveredFrames, long processorNanos) {

        static Totals of(HubTotals hub) {
            return new Totals(hub.frames(), hub.bytes(), hub.deliveredFrames(), hub.processorNanos());
        }
    }

    /**
     * @param source the hub of the picture
     * @param all the renditions of the source; an encoder of an H.264 picture gets its JPEGs from there
     * @param hub for the rendition
     * @param output the codec of the rendition
     * @param unavailableReason shown while there is no maker
     * @param background starts the maker's thread; one thread
     */
    Rendition(Hub source, Renditions all, Hub hub, Codec output, PictureQuality quality, String unavailableReason, Executor background) {
        this.source = source;
        this.all = all;
        this.hub = hub;
        this.output = output;
        this.quality = quality;
        this.unavailableReason = unavailableReason;
        this.background = background;
        if (quality != PictureQuality.SHARP) {
            // Half a second. A viewer that fell back on a slow line would never catch up, because it gets no more frames than are made.
            hub.limitBehind(QualityLimits.limitsOf(quality).framesPerSecond() / 2);
        }
        showIdleCondition();
    }

    Codec output() {
        return output;
    }

    PictureQuality quality() {
        return quality;
    }

    /** What makes it, for display; empty without a name. */
    String makerName() {
        return maker.map(Maker::displayName).orElse("");
    }

    HubTotals totals() {
        return hub.totals();
    }

    /** Of the current encoder, for monitoring; empty if it was never in use. */
    Optional<EncoderTotals> encoderTotals() {
        Totals earlier = before;
        Totals now = Totals.of(hub.totals());
        return now.deliveredFrames() == earlier.deliveredFrames() ? Optional.empty()
            : Optional.of(new EncoderTotals(quality, output, makerName(), hub.viewerCount(), now.frames() - earlier.frames(), now.bytes() - earlier.bytes(),
                now.processorNanos() - earlier.processorNanos()));
    }

    /** How often an attempt to make pictures failed, since it was created. */
    long countFailures() {
        return failures.get();
    }

    VideoState currentState() {
        return hub.currentState();
    }

    /** Whether it follows the source at the moment. */
    boolean isLive() {
        return hub.isMoving();
    }

    boolean hasMaker() {
        return maker.isPresent();
    }

    /** Whether there is a maker, and no attempt of the last minute found that something is not installed. */
    boolean isAvailable() {
        return maker.isPresent() && missing.filter(found -> all.nanoTime() - found.nanos() < MISSING_NANOS).isEmpty();
    }

    /** Why it is not available, or its state. */
    String reason() {
        return missing.map(Missing::reason).orElseGet(() -> hub.currentState().reason());
    }

    /** A viewer learnt of this state. */
    void noteState(VideoState state) {
        if (state.condition() == Condition.NO_DEVICE) {
            missing = Optional.of(new Missing(state.reason(), all.nanoTime()));
        } else if (state.condition() == Condition.LIVE) {
            missing = Optional.empty();
        }
    }

    /** It has failed for so long that another rendition takes its place for a while. */
    void giveUp() {
        missing = Optional.of(new Missing(hub.currentState().reason(), all.nanoTime()));
    }

    /** Adds a viewer. Never blocks. */
    HubSubscription subscribe(FrameListener listener) {
        try {
            background.execute(this::startForViewer);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: not rendered, the hubs are stopping", hub.target());
        }
        HubSubscription viewer = hub.subscribe(listener, EnumSet.of(output), true);
        // A long group of pictures would take a slow line some time.
        viewer.restart();
        return viewer;
    }

    /** Uses another maker from now on; empty for none. Waits until the old one has stopped. */
    void useMaker(Optional<Maker> next) {
        synchronized (lock) {
            if (next.equals(maker)) {
                return;
            }
            stopLoop();
            before = Totals.of(hub.totals());
            maker = next;
            missing = Optional.empty();
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
        if (!needed || closed || loop.isPresent() || maker.isEmpty()) {
            return;
        }
        try {
            HubInput input = hub.openInput();
            CaptureDevice device = countingFailures(maker.get().createDevice(new UncountedHub(source, all)));
            CaptureLoop started = new CaptureLoop(input, new OnDemandDevice(device, hub::releaseFrames), "the " + output + " rendition");
            hub.selectInput(input, "", IncomingSignal.UNKNOWN);
            hub.setSource(Optional.of(started));
            loop = Optional.of(started);
            started.start();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: the {} rendition failed", hub.target(), output, e);
        }
    }

    private CaptureDevice countingFailures(CaptureDevice device) {
        return context -> {
            try {
                device.capture(context);
            } catch (IOException | RuntimeException | Error e) {
                failures.incrementAndGet();
                throw e;
            }
        };
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
        Condition condition = maker.isPresent() ? Condition.CONNECTING : Condition.NO_DEVICE;
        String reason = maker.isPresent() ? OnDemandDevice.STARTING_REASON : unavailableReason;
        if (hub.viewerCount() == 0) {
            hub.setInitialCondition(condition, reason);
        } else {
            hub.showCondition(condition, reason);
        }
    }

    /** The source as its maker sees it: a maker does not count as a viewer. */
    private record UncountedHub(Hub hub, Renditions all) implements VideoHub {

        @Override
        public VideoState currentState() {
            return hub.currentState();
        }

        @Override
        public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
            boolean mayNeedRendition = accepts.equals(EnumSet.of(Codec.JPEG));
            return mayNeedRendition ? new RenditionViewer(hub, all, listener, accepts, PictureQuality.SHARP, false) : hub.subscribe(listener, accepts, false);
        }
    }
}
