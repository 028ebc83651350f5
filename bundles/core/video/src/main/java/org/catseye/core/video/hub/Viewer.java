package org.catseye.core.video.hub;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;

/** One subscription of a hub: a place in its ring, and a way to leave. */
final class Viewer implements Subscription {

    private final GroupRing ring;
    private final Runnable keyFrameRequest;
    private final Consumer<Viewer> leave;
    private final FrameListener listener;
    private final Set<Codec> accepts;
    private final ViewerPosition position = new ViewerPosition();
    private final boolean counted;
    private volatile boolean closed;

    /**
     * @param keyFrameRequest asks the source for a key frame
     * @param leave removes this viewer from the hub
     * @param counted whether it is a viewer for the statistics
     */
    Viewer(GroupRing ring, Runnable keyFrameRequest, Consumer<Viewer> leave, FrameListener listener, Set<Codec> accepts, boolean counted) {
        this.ring = ring;
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
        boolean waited = position.isWaitingForKeyFrame();
        Optional<Frame> frame = ring.nextFrame(position, accepts);
        if (position.isWaitingForKeyFrame() && !waited) {
            // A source that can make a key frame at once spares this viewer the wait.
            keyFrameRequest.run();
        }
        return frame;
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
