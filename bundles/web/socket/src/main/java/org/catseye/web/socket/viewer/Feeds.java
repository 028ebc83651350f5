package org.catseye.web.socket.viewer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.AccessControl;
import org.catseye.services.ByTarget;
import org.catseye.video.VideoHub;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The feeds of all targets. Ends with access control: when no service can decide about permissions, all viewers are disconnected. Immediate,
 * so that viewers stay connected while the bundle that dispatches requests is replaced. Thread-safe.
 */
@Component(service = Feeds.class, immediate = true)
public final class Feeds {

    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
    private final ByTarget<Feed.Source> sources = new ByTarget<>(this::updateFeed);
    private volatile boolean ended;

    /** @param access bound so that this component ends with it */
    @Activate
    public Feeds(@Reference AccessControl access) {
    }

    public Feeds() {
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindHub(VideoHub hub, Map<String, Object> properties) {
        sources.add(properties, new Feed.Source(hub, new FrameHeads()));
    }

    public void unbindHub(VideoHub hub, Map<String, Object> properties) {
        sources.remove(properties);
    }

    /** Disconnects all viewers, and those that come later. */
    @Deactivate
    public void deactivate() {
        ended = true;
        feeds.values().forEach(Feed::disconnectAll);
    }

    /** @param id of a target that exists: its feed is kept for good, with or without a hub */
    public Feed findFeed(String id) {
        Feed feed = feeds.computeIfAbsent(id, key -> new Feed());
        feed.updateSource(() -> sources.findBest(id));
        if (ended) {
            feed.disconnectAll();
        }
        return feed;
    }

    private void updateFeed(String id) {
        findFeed(id);
    }
}
