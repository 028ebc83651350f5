package org.catseye.web.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.catseye.video.VideoHub;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.FrameHeads;

/** Hubs bound to one feed; the one that was bound last counts. */
public final class BoundHubs {

    private final Feed feed;
    private final Deque<Feed.Source> sources = new ArrayDeque<>();

    public BoundHubs(Feed feed) {
        this.feed = feed;
    }

    public synchronized void bind(VideoHub hub) {
        sources.addLast(new Feed.Source(hub, new FrameHeads()));
        feed.updateSource(() -> Optional.ofNullable(sources.peekLast()));
    }

    public synchronized void unbind(VideoHub hub) {
        sources.removeIf(source -> source.hub() == hub);
        feed.updateSource(() -> Optional.ofNullable(sources.peekLast()));
    }
}
