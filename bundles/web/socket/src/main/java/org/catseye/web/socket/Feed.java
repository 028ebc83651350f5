package org.catseye.web.socket;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.video.VideoHub;

/**
 * The viewers of one target and the hub that serves them at the moment. A hub may go and another come; the viewers stay, and
 * are subscribed to whichever there is.
 */
final class Feed {

    private final List<FrameConnection> viewers = new CopyOnWriteArrayList<>();
    /** Guards {@link #source} against viewers who come while it changes. */
    private final Object lock = new Object();
    private volatile Source source;

    /** A hub with the heads of its frames. */
    record Source(VideoHub hub, FrameHeads heads) {
    }

    Optional<VideoHub> hub() {
        Source now = source;
        return now == null ? Optional.empty() : Optional.of(now.hub());
    }

    /** A new hub comes before the old one goes. */
    void bind(VideoHub hub) {
        synchronized (lock) {
            source = new Source(hub, new FrameHeads());
            viewers.forEach(viewer -> viewer.follow(source));
        }
    }

    /** Only if it is still the one in use. */
    void unbind(VideoHub hub) {
        synchronized (lock) {
            if (source != null && source.hub() == hub) {
                source = null;
                viewers.forEach(viewer -> viewer.follow(null));
            }
        }
    }

    /** A viewer that closed meanwhile is not taken: whoever closes is removed after that, and only once. */
    void add(FrameConnection viewer) {
        synchronized (lock) {
            if (!viewer.closed()) {
                viewers.add(viewer);
                viewer.follow(source);
            }
        }
    }

    void remove(FrameConnection viewer) {
        synchronized (lock) {
            viewers.remove(viewer);
            viewer.follow(null);
        }
    }

    void closeAll() {
        viewers.forEach(FrameConnection::goAway);
    }
}
