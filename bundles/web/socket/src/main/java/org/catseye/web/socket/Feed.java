package org.catseye.web.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.video.VideoHub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewers of one target and the hub that serves them at the moment. A hub may go and another come; the viewers stay, and
 * are subscribed to whichever there is.
 */
final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final List<FrameConnection> viewers = new CopyOnWriteArrayList<>();
    /** Guards {@link #sources}, changes of {@link #source}, and {@link #ended}. */
    private final Object lock = new Object();
    /** All hubs that are bound, the one in use last. */
    private final Deque<Source> sources = new ArrayDeque<>();
    private volatile Source source;
    private boolean ended;

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
            sources.addLast(new Source(hub, new FrameHeads()));
            useLast();
        }
    }

    /** If it was the one in use, the one that came before it takes its place. */
    void unbind(VideoHub hub) {
        synchronized (lock) {
            sources.removeIf(bound -> bound.hub() == hub);
            useLast();
        }
    }

    /** A viewer that closed meanwhile is not taken: whoever closes is removed after that, and only once. */
    void add(FrameConnection viewer) {
        boolean tooLate;
        synchronized (lock) {
            tooLate = ended;
            if (!tooLate && !viewer.closed()) {
                viewers.add(viewer);
                follow(viewer, source);
            }
        }
        if (tooLate) {
            viewer.goAway();
        }
    }

    void remove(FrameConnection viewer) {
        synchronized (lock) {
            viewers.remove(viewer);
            follow(viewer, null);
        }
    }

    /** Disconnects all viewers, and whoever comes later. */
    void end() {
        synchronized (lock) {
            ended = true;
        }
        viewers.forEach(FrameConnection::goAway);
    }

    private void useLast() {
        Source last = sources.peekLast();
        if (source != last) {
            source = last;
            viewers.forEach(viewer -> follow(viewer, last));
        }
    }

    /** A hub that fails harms the viewer who asked it, and nobody who comes after. */
    private static void follow(FrameConnection viewer, Source source) {
        try {
            viewer.follow(source);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a viewer could not be moved to another hub", e);
        }
    }
}
