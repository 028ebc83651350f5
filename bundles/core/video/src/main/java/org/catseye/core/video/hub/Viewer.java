package org.catseye.core.video.hub;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;

/** One subscription of a hub: a place in its ring, and a way to leave. */
final class Viewer implements HubSubscription {

    private final GroupRing ring;
    private final HubTotals totals;
    private final Runnable keyFrameRequest;
    private final Consumer<Viewer> leave;
    private final FrameListener listener;
    private final Set<Codec> accepts;
    private volatile ViewerPosition position = new ViewerPosition();
    private final boolean counted;
    private volatile boolean closed;

    /**
     * @param totals gets what a viewer takes that is counted
     * @param keyFrameRequest asks the source for a key frame
     * @param leave removes this viewer from the hub
     * @param counted whether it is a viewer for the statistics
     */
    Viewer(GroupRing ring, HubTotals totals, Runnable keyFrameRequest, Consumer<Viewer> leave, FrameListener listener, Set<Codec> accepts, boolean counted) {
        this.ring = ring;
        this.totals = totals;
        this.keyFrameRequest = keyFrameRequest;
        this.leave = leave;
        this.listener = listener;
        this.accepts = Set.copyOf(accepts);
        this.counted = counted;
    }

    @Override
    public Optional<Frame> nextFrame() {
        if (closed) {
            return Optional.empty();
        }
        ViewerPosition now = position;
        boolean waited = now.isWaitingForKeyFrame();
        long before = now.lastSequence();
        Optional<Frame> frame = ring.nextFrame(now, accepts);
        if (counted && frame.isPresent()) {
            totals.addDelivery(frame.get().encodedBytes().limit(), before == 0 ? 0 : frame.get().sequence() - before - 1);
        }
        if (now.isWaitingForKeyFrame() && !waited) {
            // A source that can make a key frame at once spares this viewer the wait.
            keyFrameRequest.run();
        }
        return frame;
    }

    @Override
    public void restart() {
        ViewerPosition anew = new ViewerPosition();
        boolean skips = ring.skipLongGroup(anew);
        position = anew;
        if (skips) {
            requestKeyFrame();
        }
    }

    @Override
    public void requestKeyFrame() {
        if (!closed) {
            keyFrameRequest.run();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            leave.accept(this);
        }
    }

    /** The hub closes: no frame follows. */
    void closeWithHub() {
        closed = true;
        listener.onHubClosed();
    }

    boolean acceptsCodec(Codec codec) {
        return accepts.contains(codec);
    }

    boolean isCounted() {
        return counted;
    }

    FrameListener listener() {
        return listener;
    }
}
