package org.catseye.web.socket.hls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.catseye.concurrent.NamedThreads;
import org.catseye.web.socket.viewer.Feeds;
import org.catseye.web.socket.viewer.StreamQuality;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The playlists that are fetched currently. All together keep a limited amount of memory. Thread-safe. */
@Component(service = Segmenters.class)
public final class Segmenters {

    /** Of different targets or qualities. */
    static final int MAX_PLAYLISTS = 6;
    /** The start script gives the JVM a heap of 96 MiB. */
    static final long MAX_BYTES = 16L << 20;
    private static final long TICK_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Segmenters.class);

    private final Feeds feeds;
    private final ScheduledExecutorService thread;
    private final LongSupplier epochMillis;
    /** The highest number of a segment so far: a playlist that starts again goes on above, even if segments are short or the clock is set back. */
    private final AtomicLong highest = new AtomicLong();
    /** Guards what follows. */
    private final Object lock = new Object();
    private final Map<Key, Segmenter> running = new HashMap<>();
    private Optional<ScheduledFuture<?>> ticks = Optional.empty();
    private boolean stopped;

    private record Key(String target, StreamQuality quality) {
    }

    @Activate
    public Segmenters(@Reference Feeds feeds) {
        this(feeds, NamedThreads.newSingleThreadScheduler("hls"), System::currentTimeMillis);
    }

    /** @param thread one thread, which is shut down at the end */
    Segmenters(Feeds feeds, ScheduledExecutorService thread, LongSupplier epochMillis) {
        this.feeds = feeds;
        this.thread = thread;
        this.epochMillis = epochMillis;
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
     * The segmenter of a playlist, which starts if it does not run. If too many run, the user who is the only one to fetch several of them may
     * lose one: none can use up all.
     *
     * @param target that exists
     * @return empty if too many run
     */
    Optional<Segmenter> open(String target, StreamQuality quality, String user) {
        Segmenter started;
        Optional<Segmenter> ended = Optional.empty();
        synchronized (lock) {
            running.values().removeIf(Segmenter::isClosed);
            Segmenter found = running.get(new Key(target, quality));
            if (found != null) {
                found.recordRequest(user);
                return Optional.of(found);
            }
            if (!stopped && running.size() == MAX_PLAYLISTS) {
                ended = takeOne(user);
            }
            if (stopped || running.size() == MAX_PLAYLISTS) {
                return Optional.empty();
            }
            started = start(target, quality);
            started.recordRequest(user);
        }
        ended.ifPresent(Segmenter::endGracefully);
        feeds.findFeed(target).addViewer(started);
        return Optional.of(started);
    }

    /** Removes a playlist of the user who has most alone, if this user still has no less than the one who wants one. Under the lock. */
    private Optional<Segmenter> takeOne(String forUser) {
        Map<String, List<Key>> alone = new HashMap<>();
        running.forEach((key, one) -> one.findOnlyUser().ifPresent(user -> alone.computeIfAbsent(user, name -> new ArrayList<>()).add(key)));
        int own = alone.getOrDefault(forUser, List.of()).size();
        return alone.values().stream().filter(keys -> keys.size() >= own + 2).max(Comparator.comparingInt(List::size)).map(keys -> running.remove(keys.get(0)));
    }

    /** Under the lock. */
    private Segmenter start(String target, StreamQuality quality) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(epochMillis.getAsLong());
        long first = highest.updateAndGet(last -> Math.max(last + 1, seconds));
        Segmenter started = new Segmenter(feeds.findFeed(target), quality, highest, first, thread, System::nanoTime, this::bytesForOne);
        running.put(new Key(target, quality), started);
        if (ticks.isEmpty()) {
            ticks = Optional.of(thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
        }
        return started;
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

    /** An exception would end the schedule. */
    private void tick() {
        try {
            removeClosed().forEach(Segmenter::onFrameAvailable);
        } catch (RuntimeException | Error e) {
            LOG.warn("The playlists were not updated in time", e);
        }
    }

    /** @return those that run */
    private List<Segmenter> removeClosed() {
        synchronized (lock) {
            running.values().removeIf(Segmenter::isClosed);
            if (running.isEmpty()) {
                ticks.ifPresent(task -> task.cancel(false));
                ticks = Optional.empty();
            }
            return List.copyOf(running.values());
        }
    }
}
