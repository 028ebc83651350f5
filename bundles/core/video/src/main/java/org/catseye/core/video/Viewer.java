package org.catseye.core.video;

import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;

/** One subscription of a {@link Hub}. */
final class Viewer implements Subscription {

    private final Hub hub;
    private final FrameListener listener;
    private final Set<Codec> accepts;
    private final Cursor cursor = new Cursor();
    private final boolean counts;
    private volatile boolean closed;

    /** @param counts whether it is a viewer for the statistics */
    Viewer(Hub hub, FrameListener listener, Set<Codec> accepts, boolean counts) {
        this.counts = counts;
        this.hub = hub;
        this.listener = listener;
        this.accepts = Set.copyOf(accepts);
    }

    @Override
    public Optional<Frame> nextFrame() {
        if (closed) {
            return Optional.empty();
        }
        boolean wasLost = cursor.lost();
        Optional<Frame> frame = hub.after(cursor, accepts);
        if (cursor.lost() && !wasLost) {
            // A source that can give a key frame spares this viewer the wait.
            hub.keyFrameWanted();
        }
        return frame;
    }

    @Override
    public void requestKeyFrame() {
        if (!closed) {
            hub.keyFrameWanted();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            hub.leave(this);
        }
    }

    /** The hub ends. */
    void end() {
        closed = true;
        listener.onHubClosed();
    }

    boolean accepts(Codec codec) {
        return accepts.contains(codec);
    }

    boolean counts() {
        return counts;
    }

    FrameListener listener() {
        return listener;
    }
}
