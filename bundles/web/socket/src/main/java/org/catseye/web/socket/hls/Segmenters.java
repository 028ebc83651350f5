package org.catseye.web.socket.hls;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.web.socket.viewer.Feeds;
import org.catseye.web.socket.viewer.StreamQuality;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The playlists that are fetched currently. All together keep a limited amount of memory. Thread-safe. */
@Component(service = Segmenters.class)
public final class Segmenters {

    /** Of different targets or qualities. */
    static final int MAX_PLAYLISTS = 6;
    /** The start script gives the JVM a heap of 96 MiB. */
    static final long MAX_BYTES = 16L << 20;
    private static final long TICK_MILLIS = 100;

    private final Feeds feeds;
    private final ScheduledExecutorService thread = NamedThreads.newSingleThreadScheduler("hls");
    /** Guards what follows. */
    private final Object lock = new Object();
    private final Map<Key, Segmenter> running = new HashMap<>();
    /** The numbers of a playlist increase, also when it starts again. */
    private long lastFirst;
    private Optional<ScheduledFuture<?>> ticks = Optional.empty();
    private boolean stopped;

    private record Key(String target, StreamQuality quality) {
    }

    @Activate
    public Segmenters(@Reference Feeds feeds) {
        this.feeds = feeds;
    }

    @Deactivate
    public void deactivate() {
        List<Segmenter> all;
        synchronized (lock) {
            stopped = true;
            all = List.copyOf(running.values());
        }
        all.forEach(Segmenter::endGracefully);
        // What was submitted still runs: it answers requests.
        thread.shutdown();
    }

    /**
     * The segmenter of a playlist, which starts if it does not run.
     *
     * @param target that exists
     * @return empty if too many run
     */
    Optional<Segmenter> open(String target, StreamQuality quality) {
        Segmenter started;
        synchronized (lock) {
            running.values().removeIf(Segmenter::isClosed);
            Segmenter found = running.get(new Key(target, quality));
            if (found != null) {
                found.recordRequest();
                return Optional.of(found);
            }
            if (stopped || running.size() == MAX_PLAYLISTS) {
                return Optional.empty();
            }
            // Segments take more than a second, so numbers of an earlier playlist are below.
            lastFirst = Math.max(lastFirst + 1, TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
            started = new Segmenter(feeds.findFeed(target), quality, lastFirst, thread, System::nanoTime, this::bytesForOne);
            running.put(new Key(target, quality), started);
            if (ticks.isEmpty()) {
                ticks = Optional.of(thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
            }
        }
        feeds.findFeed(target).addViewer(started);
        return Optional.of(started);
    }

    /** The segmenter of a playlist, if it runs. */
    Optional<Segmenter> find(String target, StreamQuality quality) {
        synchronized (lock) {
            return Optional.ofNullable(running.get(new Key(target, quality))).filter(found -> !found.isClosed());
        }
    }

    int countRunning() {
        synchronized (lock) {
            return (int) running.values().stream().filter(one -> !one.isClosed()).count();
        }
    }

    private long bytesForOne() {
        synchronized (lock) {
            return MAX_BYTES / Math.max(1, running.size());
        }
    }

    private void tick() {
        List<Segmenter> all;
        synchronized (lock) {
            running.values().removeIf(Segmenter::isClosed);
            all = List.copyOf(running.values());
            if (all.isEmpty()) {
                ticks.ifPresent(task -> task.cancel(false));
                ticks = Optional.empty();
            }
        }
        all.forEach(Segmenter::onFrameAvailable);
    }
}
