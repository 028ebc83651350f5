package org.catseye.web.socket.viewer;

import java.util.Optional;

/** Follows the hub of a {@link Feed}, which may be replaced. Thread-safe. */
public interface FeedViewer {

    /** Subscribes to another hub, or to none. Called under the feed's lock; must not block. */
    void followSource(Optional<Feed.Source> source);

    /** Whether it has closed; a feed does not add it any more. */
    boolean isClosed();

    /** Ends, because the server ends. Any thread. */
    void endGracefully();
}
