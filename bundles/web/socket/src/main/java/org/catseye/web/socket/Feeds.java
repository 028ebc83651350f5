package org.catseye.web.socket;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;

/** The feeds of all targets. Only a hub or a known target makes one: ids that somebody made up cost no memory. Thread-safe. */
final class Feeds {

    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
    /** Ids by service: a newer service of the same id comes before the old one goes. */
    private final Map<Target, String> targets = Collections.synchronizedMap(new IdentityHashMap<>());
    private volatile boolean ended;

    void bind(Target target) {
        targets.put(target, target.id());
    }

    void unbind(Target target) {
        targets.remove(target);
    }

    void bind(VideoHub hub, String id) {
        feed(id).bind(hub);
    }

    void unbind(VideoHub hub, String id) {
        feed(id).unbind(hub);
    }

    /** The feed of a target, with or without a hub at the moment; empty if there is no such target. */
    Optional<Feed> find(String id) {
        if (known(id)) {
            return Optional.of(feed(id));
        }
        return Optional.ofNullable(feeds.get(id)).filter(feed -> feed.hub().isPresent());
    }

    /** How many feeds are kept. */
    int size() {
        return feeds.size();
    }

    /** Disconnects all viewers, and whoever comes later. */
    void end() {
        ended = true;
        feeds.values().forEach(Feed::end);
    }

    private boolean known(String id) {
        synchronized (targets) {
            // Not containsValue(): that compares by identity here.
            return targets.values().stream().anyMatch(id::equals);
        }
    }

    private Feed feed(String id) {
        Feed feed = feeds.computeIfAbsent(id, key -> new Feed());
        if (ended) {
            feed.end();
        }
        return feed;
    }
}
