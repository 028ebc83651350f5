package org.catseye.core.video.hub;

import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.core.video.placeholder.PlaceholderPicture;
import org.catseye.core.video.placeholder.PlaceholderPictures;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The pictures of one target. Frames come in on the capture thread, which offers each to every viewer before it returns to its
 * device: no hand-over, no queue. While there is no live picture, viewers see a placeholder. Thread-safe; no method blocks.
 */
public final class Hub implements VideoHub {

    private static final String LIVE_REASON = "The picture is live.";
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final String target;
    private final BufferPool pool;
    private final GroupRing ring;
    private final PlaceholderPictures placeholders;
    private final FrameStatistics statistics = new FrameStatistics();
    private final HubTotals totals = new HubTotals();
    private final Audience audience;
    private volatile Optional<Source> source = Optional.empty();
    /** Guards changes of all below, {@link #sequence}, and the order in which frames enter the ring. */
    private final Object publishing = new Object();
    private volatile PictureState shown =
            PictureState.withoutPicture(Condition.NO_DEVICE, "No capture device is connected to this target.");
    /** The state whose placeholder is in the ring; null if there is none. */
    private volatile PictureState painted;
    private volatile IncomingSignal incoming = IncomingSignal.UNKNOWN;
    private HubInput selected;
    /** The input whose frame is the newest in the ring; null if it is a placeholder. */
    private HubInput drawnBy;
    private String liveReason = LIVE_REASON;
    /** Whether the next frame is reported although it may look like the last one: it is another device's. */
    private boolean inputChanged;
    private long sequence;
    private volatile boolean closed;

    /** @param maxRingBytes limit for the group of pictures that is kept for late viewers */
    public Hub(String target, BufferPool pool, long maxRingBytes, PlaceholderPictures placeholders) {
        this.target = target;
        this.pool = pool;
        this.audience = new Audience(target);
        this.ring = new GroupRing(maxRingBytes);
        this.placeholders = placeholders;
    }

    // For viewers.

    @Override
    public VideoState currentState() {
        PictureState state = shown;
        double fps = state.isLive() ? statistics.framesPerSecond(System.nanoTime()) : 0;
        return new VideoState(state.condition(), state.reason(), state.stale(), state.format(), fps, viewerCount(), statistics.totalFrames(),
            statistics.lostFrames(), state.isLive() ? incoming : IncomingSignal.UNKNOWN);
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        return subscribe(listener, accepts, true);
    }

    /** @param counted false for a subscriber that is no viewer, and does not wake a source that rests */
    public HubSubscription subscribe(FrameListener listener, Set<Codec> accepts, boolean counted) {
        return addViewer(new Viewer(ring, totals, this::requestKeyFrame, this::removeViewer, listener, accepts, counted));
    }

    private HubSubscription addViewer(Viewer viewer) {
        audience.addViewer(viewer);
        if (closed) {
            removeViewer(viewer);
            viewer.closeWithHub();
            return viewer;
        }
        source.ifPresent(Source::wakeDriver);
        schedulePlaceholder(0);
        audience.offerFrame(viewer);
        return viewer;
    }

    // For the wiring.

    /** See {@link GroupRing#limitBehind}. */
    public void limitBehind(int frames) {
        ring.limitBehind(frames);
    }

    public String target() {
        return target;
    }

    /** Releases the frames that are kept for viewers who join late. */
    public void releaseFrames() {
        ring.removeAll();
        pool.releaseFreeBuffers();
    }

    /** Whether the picture is live and follows the device. */
    public boolean isMoving() {
        PictureState state = shown;
        return state.isLive() && !state.stale();
    }

    public int viewerCount() {
        return audience.countViewers();
    }

    public HubTotals totals() {
        return totals;
    }

    public BufferPool pool() {
        return pool;
    }

    /** What is woken when viewers come or need a key frame. */
    public void setSource(Optional<Source> newSource) {
        source = newSource;
    }

    /** A way in for another device; ignored until it is selected. */
    public HubInput openInput() {
        return new HubInput(this);
    }

    /**
     * From now on only this input's frames and states count. The picture and the state stay as they are until it delivers some, and no
     * listener is called.
     *
     * @param input null for none
     * @param explanation the reason that the state gives while the picture is live; empty for the usual one
     * @param signal what this device's computer sends, as far as it is known
     */
    public void selectInput(HubInput input, String explanation, IncomingSignal signal) {
        String reason = explanation.isEmpty() ? LIVE_REASON : explanation;
        synchronized (publishing) {
            inputChanged |= selected != input || !liveReason.equals(reason);
            incoming = selected == input ? incoming : signal;
            selected = input;
            liveReason = reason;
        }
    }

    /** Sets the state before anything happened; no viewer is notified. */
    public void setInitialCondition(Condition condition, String reason) {
        synchronized (publishing) {
            shown = PictureState.withoutPicture(condition, reason);
        }
    }

    /** As {@link HubInput#showCondition}, for the time when no input is selected. */
    public void showCondition(Condition condition, String reason) {
        showCondition(null, condition, reason, () -> true);
    }

    /** No input is selected for a moment: a live picture stands still for this reason. */
    public void holdPicture(String reason) {
        if (!markStale(null, reason)) {
            showCondition(Condition.CONNECTING, reason);
        }
    }

    /** Closes the hub: viewers are notified and removed, buffers are freed when their frames are closed. */
    public void close() {
        closed = true;
        audience.removeAllViewers();
        ring.closeRing();
        pool.closePool();
    }

    // For inputs.

    boolean acceptsDrawings() {
        return audience.acceptsDrawings();
    }

    void publishFrame(HubInput from, FrameBuffer buffer, VideoFormat format, boolean keyFrame, long capturedNanos) {
        PictureState before;
        boolean changed;
        if (format.codec() == Codec.DRAWING) {
            publishDrawing(from, buffer, format, capturedNanos);
            return;
        }
        synchronized (publishing) {
            if (from != selected) {
                buffer.releaseReference();
                return;
            }
            before = shown;
            changed = inputChanged || !before.isMoving(format);
            if (changed) {
                inputChanged = false;
                shown = PictureState.live(format, liveReason);
            }
            drawnBy = from;
            enterRing(buffer, format, keyFrame, capturedNanos);
        }
        if (changed) {
            if (!before.format().equals(Optional.of(format))) {
                // A rendition for a slow line changes its size with the movement.
                LOG.atLevel(before.isLive() ? Level.DEBUG : Level.INFO).log("{}: live, {} {}x{}", target, format.codec(), format.width(), format.height());
            }
            audience.notifyState(currentState());
        }
        audience.offerFrame();
    }

    /** Publishes changes of the newest frame, or asks for a whole picture if that frame is not of this input. The state stays as it is. */
    private void publishDrawing(HubInput from, FrameBuffer buffer, VideoFormat format, long capturedNanos) {
        boolean fits;
        synchronized (publishing) {
            fits = from == selected && from == drawnBy && !inputChanged
                && shown.isMoving(new VideoFormat(Codec.JPEG, format.width(), format.height()));
            if (fits) {
                enterRing(buffer, format, false, capturedNanos);
            } else {
                buffer.releaseReference();
            }
        }
        if (fits) {
            audience.offerFrame();
        } else {
            requestKeyFrame();
        }
    }

    /** @param stillCurrent asked under the lock: whether this is still what the input has to say */
    void showCondition(HubInput from, Condition condition, String reason, BooleanSupplier stillCurrent) {
        boolean wasLive;
        synchronized (publishing) {
            if (from != selected || !stillCurrent.getAsBoolean() || shown.hasReason(condition, reason)) {
                return;
            }
            wasLive = shown.isLive();
            shown = PictureState.withoutPicture(condition, reason);
        }
        LOG.atLevel(condition == Condition.MISCONFIGURED ? Level.WARN : Level.INFO).log("{}: {}: {}", target, condition, reason);
        audience.notifyState(currentState());
        // A device that is only reconfigured is back before anyone could read the placeholder.
        schedulePlaceholder(wasLive ? PlaceholderPictures.GRACE_MILLIS : 0);
    }

    boolean markStale(HubInput from, String reason) {
        synchronized (publishing) {
            if (from != selected || !shown.isLive()) {
                return false;
            }
            if (shown.stale() && shown.hasReason(Condition.LIVE, reason)) {
                return true;
            }
            shown = shown.toStale(reason);
        }
        LOG.debug("{}: {}", target, reason);
        audience.notifyState(currentState());
        return true;
    }

    void setIncomingSignal(HubInput from, IncomingSignal signal) {
        boolean changed;
        synchronized (publishing) {
            changed = from == selected && !signal.equals(incoming);
            incoming = changed ? signal : incoming;
        }
        if (changed && shown.isLive()) {
            audience.notifyState(currentState());
        }
    }

    void countLostFrames(long frames) {
        statistics.countLostFrames(frames);
    }

    private void requestKeyFrame() {
        source.ifPresent(Source::requestKeyFrame);
    }

    private void removeViewer(Viewer viewer) {
        audience.removeViewer(viewer);
        source.ifPresent(Source::wakeDriver);
    }

    private void enterRing(FrameBuffer buffer, VideoFormat format, boolean keyFrame, long capturedNanos) {
        totals.addFrame(buffer.writableBytes().position());
        buffer.describeFrame(format, keyFrame, capturedNanos, ++sequence);
        ring.addFrame(buffer);
        statistics.countFrame(System.nanoTime());
    }

    /** Has the current condition painted, unless it is LIVE or no viewer can show the placeholder. */
    private void schedulePlaceholder(long delayMillis) {
        PictureState state = shown;
        if (!state.isLive() && state != painted && audience.acceptsCodec(Codec.JPEG) && !closed) {
            placeholders.schedulePicture(state.condition(), state.reason(), delayMillis, () -> shown == state && !closed,
                picture -> publishPlaceholder(state, picture));
        }
    }

    private void publishPlaceholder(PictureState state, PlaceholderPicture picture) {
        FrameBuffer buffer = pool.acquireBuffer(picture.jpeg().length);
        if (buffer == null) {
            LOG.warn("{}: there is no free buffer for the placeholder picture", target);
            return;
        }
        buffer.writableBytes().put(picture.jpeg());
        synchronized (publishing) {
            if (shown != state || painted == state || closed) {
                buffer.releaseReference();
                return;
            }
            painted = state;
            drawnBy = null;
            enterRing(buffer, picture.format(), true, System.nanoTime());
        }
        audience.offerFrame();
    }
}
