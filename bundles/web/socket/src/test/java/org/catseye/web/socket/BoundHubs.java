package org.catseye.web.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.catseye.video.VideoHub;

/** Hubs bound to one feed; the one that was bound last counts. */
final class BoundHubs {

    private final Feed feed;
    private final Deque<Feed.Source> sources = new ArrayDeque<>();

    BoundHubs(Feed feed) {
        this.feed = feed;
    }

    synchronized void bind(VideoHub hub) {
        sources.addLast(new Feed.Source(hub, new FrameHeads()));
        feed.updateSource(() -> Optional.ofNullable(sources.peekLast()));
    }

    synchronized void unbind(VideoHub hub) {
        sources.removeIf(source -> source.hub() == hub);
        feed.updateSource(() -> Optional.ofNullable(sources.peekLast()));
    }
}
