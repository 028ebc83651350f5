package org.catseye.web.socket.viewer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.catseye.video.VideoHub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The viewers of one target and the hub that currently serves them. A hub may be replaced; the viewers stay and are subscribed to the new one. */
public final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final List<FeedViewer> viewers = new CopyOnWriteArrayList<>();
    /** Guards changes of {@link #source}, and {@link #ended}. */
    private final Object lock = new Object();
    private volatile Optional<Source> source = Optional.empty();
    private boolean ended;

    /** A hub with the heads of its frames. */
    public record Source(VideoHub hub, FrameHeads heads) {
    }

    public Optional<VideoHub> hub() {
        return source.map(Source::hub);
    }

    /**
     * Moves the viewers to another hub, if it is another one.
     *
     * @param current supplies the source to be used now; called under the feed's lock, so that the last call sees the last change
     */
    public void updateSource(Supplier<Optional<Source>> current) {
        synchronized (lock) {
            Optional<Source> next = current.get();
            if (!next.equals(source)) {
                source = next;
                viewers.forEach(viewer -> subscribe(viewer, next));
            }
        }
    }

    /** Without effect for a viewer that closed in the meantime: each viewer is removed once, after it has closed. */
    public void addViewer(FeedViewer viewer) {
        boolean tooLate;
        synchronized (lock) {
            tooLate = ended;
            if (!tooLate && !viewer.isClosed()) {
                viewers.add(viewer);
                subscribe(viewer, source);
            }
        }
        if (tooLate) {
            viewer.endGracefully();
        }
    }

    public void removeViewer(FeedViewer viewer) {
        synchronized (lock) {
            viewers.remove(viewer);
            subscribe(viewer, Optional.empty());
        }
    }

    /** Disconnects all viewers, and those that come later. */
    public void disconnectAll() {
        synchronized (lock) {
            ended = true;
        }
        viewers.forEach(FeedViewer::endGracefully);
    }

    /** A hub that fails affects the viewer that was being moved, and no later one. */
    private static void subscribe(FeedViewer viewer, Optional<Source> source) {
        try {
            viewer.followSource(source);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A viewer could not be moved to another hub", e);
        }
    }
}
