package org.catseye.core.video.rendition;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.HubSubscription;
import org.catseye.video.Codec;
import org.catseye.video.Delivery;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.PictureQuality;
import org.catseye.video.Subscription;
import org.catseye.video.VideoState;

/**
 * A viewer that follows the source itself or a rendition, whichever suits its codecs and its quality. While a rendition of lower quality
 * fails, falls behind or takes long to start, the viewer gets the frames of the source. Its sequence numbers increase across all changes.
 */
final class RenditionViewer implements Subscription {

    /** How long a viewer waits for a rendition without a frame: one of the source may take its line longer. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** An encoder that fails for this long is replaced by another one, if there is one. */
    private static final long FAILED_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** How often a viewer that does not get the quality that it asked for looks for an encoder. */
    private static final long CHOOSE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How often a viewer of the second-best encoder tries the best again. */
    private static final long RECONSIDER_NANOS = TimeUnit.MINUTES.toNanos(1) + START_NANOS;

    private final Hub source;
    private final Renditions renditions;
    private final FrameListener listener;
    private final Set<Codec> accepts;
    private final HubSubscription main;
    /** Guards changes of {@link #following} and {@link #previous}. No listener is called while it is held. */
    private final Object lock = new Object();
    private volatile PictureQuality quality;
    /** When the quality was chosen last, or again. */
    private volatile long chosen;
    private volatile Optional<Following> following = Optional.empty();
    /** The rendition of the quality before, until the new one delivers. */
    private volatile Optional<Following> previous = Optional.empty();
    /** The rendition that the last frame was taken from; empty for the source. */
    private volatile Optional<Following> shown = Optional.empty();
    /** What the last frame was taken from; null before the first. Touched by the thread that takes frames, as are the next three. */
    private HubSubscription takenFrom;
    /** What is added to the numbers of {@link #takenFrom}, so that they increase. */
    private long offset;
    private long lastSequence;
    private long lastCapturedNanos = Long.MIN_VALUE;
    private volatile boolean closed;

    /** One subscription of a rendition. */
    private static final class Following {
        private final Rendition rendition;
        private final HubSubscription subscription;
        private final long begun;
        /** The attempts that had failed before. */
        private final long failedBefore;
        /** When it delivered last, or began. Touched by the thread that takes frames. */
        private long worked;
        /** Since when the viewer waits for a key frame of a live rendition; empty if it does not. Touched by the thread that takes frames. */
        private OptionalLong waitingSince = OptionalLong.empty();
        /** Whether the viewer ever got a frame of it. */
        private volatile boolean delivered;
        /** Whether the viewer cannot show the source itself. */
        private volatile boolean required;
        /** Whether the viewer has a frame of it and gets no others until it fails. */
        private volatile boolean delivering;

        Following(Rendition rendition, HubSubscription subscription, long now) {
            this.rendition = rendition;
            this.subscription = subscription;
            begun = now;
            worked = now;
            failedBefore = rendition.countFailures();
        }

        boolean hasFailed() {
            return rendition.countFailures() > failedBefore;
        }
    }

    /** @param counted whether it is a viewer for the statistics */
    RenditionViewer(Hub source, Renditions renditions, FrameListener listener, Set<Codec> accepts, PictureQuality quality, boolean counted) {
        this.source = source;
        this.renditions = renditions;
        this.listener = listener;
        this.accepts = Set.copyOf(accepts);
        this.quality = quality;
        this.chosen = renditions.nanoTime();
        this.main = source.subscribe(new SourceListener(), accepts, counted);
        followSource();
    }

    @Override
    public Optional<Frame> nextFrame() {
        // Null while the constructor subscribes.
        if (main == null || closed) {
            return Optional.empty();
        }
        Following now = following.orElse(null);
        if (now == null) {
            return takeFromSource();
        }
        if (now.required) {
            return takeFrom(now);
        }
        if (renditions.nanoTime() - now.begun > RECONSIDER_NANOS && renditions.isSecondBest(now.rendition, accepts)) {
            followSource();
        }
        if (now.rendition.isLive()) {
            now.worked = renditions.nanoTime();
            Optional<Frame> frame = takeFrom(now);
            if (frame.isPresent() && !now.delivering) {
                now.delivering = true;
                now.delivered = true;
                leavePrevious();
            }
            return now.delivering || isWaitingForKeyFrame(now) ? frame : takeEarlierFrame(now);
        }
        now.delivering = false;
        if (renditions.nanoTime() - now.worked > FAILED_NANOS && renditions.hasOther(now.rendition, accepts)) {
            now.rendition.giveUp();
            followSource();
        }
        return takeEarlierFrame(now);
    }

    /**
     * Whether the viewer gets no frame of the source yet, because a key frame of the rendition was requested and comes soon. On a slow line,
     * each frame of the source takes longer than the rendition keeps a key frame for a viewer that joins.
     */
    private boolean isWaitingForKeyFrame(Following now) {
        long time = renditions.nanoTime();
        long since = now.waitingSince.orElse(time);
        boolean waits = previous.isEmpty() && time - since < START_NANOS;
        now.waitingSince = waits ? OptionalLong.of(since) : OptionalLong.empty();
        return waits;
    }

    /** While the rendition does not deliver. */
    private Optional<Frame> takeEarlierFrame(Following now) {
        if (now.hasFailed()) {
            // Its encoder may hold the memory that the new one needs.
            leavePrevious();
        }
        Following before = previous.orElse(null);
        if (before != null && before.rendition.isLive()) {
            return takeFrom(before);
        }
        return isStarting(now) ? Optional.empty() : takeFromSource();
    }

    private boolean isStarting(Following now) {
        return !now.delivered && renditions.nanoTime() - now.begun < START_NANOS;
    }

    private Optional<Frame> takeFromSource() {
        Optional<Frame> frame = takeFrom(main);
        if (frame.isPresent()) {
            shown = Optional.empty();
        }
        return frame;
    }

    private Optional<Frame> takeFrom(Following now) {
        Optional<Frame> frame = takeFrom(now.subscription);
        if (frame.isPresent() && shown.orElse(null) != now) {
            shown = Optional.of(now);
        }
        return frame;
    }

    /** Takes a frame, and numbers it beyond the last one. */
    private Optional<Frame> takeFrom(HubSubscription hub) {
        boolean moved = hub != takenFrom && takenFrom != null;
        if (moved) {
            // A device that sends a frame only when the picture changes may send none for a long time, and H.264 begins with a key frame.
            hub.restart();
        }
        Optional<Frame> taken = hub.nextFrame();
        if (taken.isEmpty()) {
            return taken;
        }
        Frame frame = taken.get();
        if (moved && !canBeginWith(frame, hub)) {
            frame.close();
            // A JPEG encoder whose source stands still publishes nothing by itself.
            hub.requestKeyFrame();
            return Optional.empty();
        }
        if (hub != takenFrom) {
            takenFrom = hub;
            // No gap: a viewer would take it for frames that it skipped.
            offset = moved ? lastSequence + 1 - frame.sequence() : 0;
        }
        lastCapturedNanos = frame.capturedNanos();
        lastSequence = frame.sequence() + offset;
        return offset == 0 ? taken : Optional.of(new RenumberedFrame(frame, lastSequence));
    }

    /** Whether a viewer that comes from another hub can begin with this frame. A rendition may still hold a JPEG from long ago. */
    private boolean canBeginWith(Frame frame, HubSubscription hub) {
        boolean old = hub != main && frame.format().codec() == Codec.JPEG && frame.capturedNanos() < lastCapturedNanos;
        return frame.isKeyFrame() && !old;
    }

    @Override
    public void requestKeyFrame() {
        following.map(now -> now.subscription).orElse(main).requestKeyFrame();
    }

    @Override
    public void changeQuality(PictureQuality next) {
        long now = renditions.nanoTime();
        boolean undelivered = now - chosen > CHOOSE_AGAIN_NANOS && currentDelivery().quality() != next;
        if (quality != next || undelivered) {
            quality = next;
            chosen = now;
            followSource();
        }
    }

    @Override
    public Delivery currentDelivery() {
        PictureQuality wanted = quality;
        Optional<Rendition> from = shown.map(now -> now.rendition);
        PictureQuality delivered = from.map(Rendition::quality).orElse(PictureQuality.SHARP);
        String encoder = from.map(Rendition::makerName).orElse("");
        Following now = following.filter(next -> next.rendition.quality() == wanted).orElse(null);
        boolean asWanted = delivered == wanted || source.currentState().condition() != VideoState.Condition.LIVE;
        boolean preparing = now != null && (now.rendition.isLive() || isStarting(now));
        return new Delivery(delivered, encoder, asWanted || preparing ? "" : now == null ? renditions.unavailableReason(accepts, wanted)
            : now.rendition.currentState().reason());
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            following.ifPresent(now -> now.subscription.close());
            following = Optional.empty();
            leavePrevious();
        }
        // Null if the hub closes while the constructor subscribes.
        if (main != null) {
            main.close();
        }
    }

    /** Moves to a rendition or back. Reads the newest states, because notifications may overtake each other. */
    private void followSource() {
        Optional<RenditionListener> opened = Optional.empty();
        synchronized (lock) {
            if (closed) {
                return;
            }
            VideoState state = source.currentState();
            Optional<Rendition> next = renditions.choose(accepts, quality, state);
            if (!next.equals(following.map(now -> now.rendition))) {
                opened = next.map(RenditionListener::new);
                moveTo(opened);
            }
            following.ifPresent(now -> now.required = state.format().map(format -> !accepts.contains(format.codec())).orElse(false));
            if (following.filter(now -> now.required).isPresent()) {
                leavePrevious();
            }
        }
        opened.ifPresent(rendition -> rendition.open = true);
        listener.onFrameAvailable();
    }

    /** Under the lock. Frames are taken on another thread meanwhile, so there is no moment without a rendition between two of them. */
    private void moveTo(Optional<RenditionListener> next) {
        Optional<Following> old = following;
        Optional<Following> fresh = next.map(opened -> new Following(opened.rendition, opened.rendition.subscribe(opened), renditions.nanoTime()));
        boolean keep = fresh.isPresent() && old.filter(now -> now.delivering && !now.required).isPresent();
        leavePrevious();
        if (keep) {
            previous = old;
        }
        following = fresh;
        if (!keep) {
            old.ifPresent(now -> now.subscription.close());
        }
    }

    private void leavePrevious() {
        synchronized (lock) {
            previous.ifPresent(before -> before.subscription.close());
            previous = Optional.empty();
        }
    }

    /** What the source reports. */
    private final class SourceListener implements FrameListener {

        @Override
        public void onFrameAvailable() {
            Following now = following.orElse(null);
            if (now == null || !now.delivering) {
                listener.onFrameAvailable();
            }
        }

        @Override
        public void onStateChanged(VideoState state) {
            followSource();
            listener.onStateChanged(renditions.stateFor(accepts, state));
        }

        @Override
        public void onHubClosed() {
            close();
            listener.onHubClosed();
        }
    }

    /** What a rendition reports. */
    private final class RenditionListener implements FrameListener {

        private final Rendition rendition;
        /** False while it is subscribed under the lock: a hub calls a new listener at once. */
        private volatile boolean open;

        RenditionListener(Rendition rendition) {
            this.rendition = rendition;
        }

        @Override
        public void onFrameAvailable() {
            if (open) {
                listener.onFrameAvailable();
            }
        }

        @Override
        public void onStateChanged(VideoState state) {
            rendition.noteState(state);
            if (!open) {
                return;
            }
            if (rendition.quality() == PictureQuality.SHARP) {
                listener.onStateChanged(state);
                return;
            }
            if (!rendition.isLive()) {
                following.filter(now -> now.rendition == rendition).ifPresent(now -> now.delivering = false);
                // Perhaps its program is missing and another encoder is not.
                followSource();
            }
            // The source's newest frame may be due.
            listener.onFrameAvailable();
        }
    }
}
