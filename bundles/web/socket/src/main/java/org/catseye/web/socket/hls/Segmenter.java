package org.catseye.web.socket.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.catseye.access.Session;
import org.catseye.http.Problem;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.web.socket.mp4.ParameterSets;
import org.catseye.web.socket.mp4.Sample;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.FeedViewer;
import org.catseye.web.socket.viewer.StreamQuality;
import org.catseye.web.socket.viewer.UnitClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer of a target, on behalf of all players that fetch the playlist in one quality. It copies each access unit at once, so it holds no
 * frames. Everything happens on one thread, which all segmenters share; requests get snapshots. Thread-safe.
 */
final class Segmenter implements FeedViewer, FrameListener {

    private static final Problem STOPPED = new Problem("unavailable", "The picture is being replaced; try again in a second.");
    private static final Problem FAILED = new Problem("unavailable", "The request failed because of an internal error, which is in the log. Try again.");
    private static final Problem LOGGED_OUT = new Problem("unauthorized", "Your session has ended. Log in again.");
    static final Problem MISSING = new Problem("not_found", "This segment does not exist, or is no longer kept. The playlist lists those that exist.");
    private static final long QUALITY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Logger LOG = LoggerFactory.getLogger(Segmenter.class);

    private final Feed feed;
    private final StreamQuality quality;
    private final Timing timing;
    private final Executor thread;
    private final LongSupplier nanos;
    private final UnitClock times;
    private final WindowBuilder builder;
    private final AtomicLong highest;
    private final Fetchers fetchers;
    private final AtomicBoolean workDue = new AtomicBoolean();
    private volatile Optional<Subscription> subscription = Optional.empty();
    private volatile Window window = Window.EMPTY;
    private volatile boolean closed;
    /** On the thread only, as is the next field. */
    private final List<Waiter> waiters = new ArrayList<>();
    private long qualityChecked;

    /** A request that waits. */
    private record Waiter(Function<Window, Reply> lookup, Session session, AsyncAnswer answer, long deadline) {
    }

    /**
     * @param highest number of a segment so far, of all playlists
     * @param first number of the first segment
     * @param thread one thread
     * @param nanos the clock of {@link Frame#capturedNanos}
     * @param maxBytes memory for segments
     */
    Segmenter(Feed feed, StreamQuality quality, AtomicLong highest, long first, Executor thread, LongSupplier nanos, LongSupplier maxBytes) {
        this.feed = feed;
        this.quality = quality;
        this.timing = Timing.of(quality);
        this.highest = highest;
        this.thread = thread;
        this.nanos = nanos;
        times = new UnitClock(nanos);
        builder = new WindowBuilder(timing, first, maxBytes);
        qualityChecked = nanos.getAsLong();
        fetchers = new Fetchers(timing.timeout(), qualityChecked);
    }

    Timing timing() {
        return timing;
    }

    Window window() {
        return window;
    }

    /** The user fetched the playlist: it is needed for some more seconds. */
    void recordRequest(String user) {
        fetchers.record(user, nanos.getAsLong());
    }

    /** The only user who fetches the playlist; empty if there are several or none. */
    Optional<String> findOnlyUser() {
        return fetchers.findOnly(nanos.getAsLong());
    }

    /** Answers now or later. @param lookup what the request gets of a window; must not block */
    void answer(Function<Window, Reply> lookup, Session session, AsyncAnswer answer) {
        Waiter waiter = new Waiter(lookup, session, answer, nanos.getAsLong() + timing.timeout());
        try {
            if (tryAnswer(waiter)) {
                return;
            }
        } catch (RuntimeException e) {
            LOG.warn("A request for a playlist failed", e);
            answer.refuse(503, FAILED);
            return;
        }
        runOnThread(() -> {
            // It must be in the list if this fails: the end of the playlist answers all in the list.
            waiters.add(waiter);
            if (tryAnswer(waiter)) {
                waiters.remove(waiter);
            }
        }, () -> answer.refuse(503, STOPPED));
    }

    /** @return whether it was answered */
    private boolean tryAnswer(Waiter waiter) {
        if (closed) {
            waiter.answer().refuse(503, STOPPED);
            return true;
        }
        if (!waiter.session().valid()) {
            waiter.answer().refuse(401, LOGGED_OUT);
            return true;
        }
        Reply reply = waiter.lookup().apply(window);
        switch (reply.state()) {
            case READY -> waiter.answer().send(reply.contents());
            case MISSING -> waiter.answer().refuse(404, MISSING);
            default -> {
                if (nanos.getAsLong() > waiter.deadline()) {
                    waiter.answer().refuse(503, explainDelay());
                    return true;
                }
                return false;
            }
        }
        return true;
    }

    private Problem explainDelay() {
        String reason = feed.hub().map(hub -> StreamQuality.findObstacle(hub).map(Problem::message).orElse(hub.currentState().reason())).orElse(STOPPED.message());
        return new Problem("not_ready", "No new picture came in time. " + reason);
    }

    @Override
    public void followSource(Optional<Feed.Source> source) {
        subscription.ifPresent(Subscription::close);
        subscription = closed ? Optional.empty() : source.map(Feed.Source::hub).map(hub -> hub.subscribe(this, StreamQuality.CODECS, quality.currentQuality(hub)));
        onFrameAvailable();
    }

    @Override
    public void onFrameAvailable() {
        if (workDue.compareAndSet(false, true)) {
            runOnThread(this::work, () -> workDue.set(false));
        }
    }

    /** Does what is due, at least ten times a second. On the thread. @return whether it goes on */
    boolean work() {
        workDue.set(false);
        if (closed) {
            return false;
        }
        long now = nanos.getAsLong();
        takeFrames();
        builder.advanceTo(now);
        publish(builder.snapshot());
        subscription.ifPresent(current -> {
            if (builder.needsKeyFrame(now)) {
                current.requestKeyFrame();
            }
        });
        checkQuality(now);
        waiters.removeIf(this::tryAnswer);
        if (waiters.isEmpty() && fetchers.areGone(now)) {
            endGracefully();
        }
        return !closed;
    }

    /** Records the number of the newest segment before anybody can learn it. */
    private void publish(Window next) {
        next.current().ifPresent(segment -> highest.accumulateAndGet(segment.number(), Math::max));
        window = next;
    }

    private void takeFrames() {
        Optional<Subscription> current = subscription;
        while (current.isPresent()) {
            Optional<Frame> next = current.get().nextFrame();
            if (next.isEmpty()) {
                return;
            }
            try (Frame frame = next.get()) {
                addFrame(frame);
            }
        }
    }

    private void addFrame(Frame frame) {
        Optional<ParameterSets> sets = frame.isKeyFrame() ? ParameterSets.ofUnit(frame.encodedBytes()) : Optional.empty();
        long age = nanos.getAsLong() - frame.capturedNanos();
        builder.addUnit(Sample.ofUnit(frame.encodedBytes(), frame.isKeyFrame()), times.nextNanos(frame), sets, frame.format(),
                System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(age));
    }

    private void checkQuality(long now) {
        if (now - qualityChecked > QUALITY_NANOS) {
            qualityChecked = now;
            Optional<VideoHub> hub = feed.hub();
            subscription.ifPresent(current -> hub.ifPresent(from -> current.changeQuality(quality.currentQuality(from))));
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void endGracefully() {
        closed = true;
        feed.removeViewer(this);
        runOnThread(() -> {
            waiters.removeIf(this::tryAnswer);
            builder.release();
            window = Window.EMPTY;
        }, () -> { });
    }

    /** @param instead if the thread does not take the task */
    private void runOnThread(Runnable task, Runnable instead) {
        try {
            thread.execute(() -> runGuarded(task));
        } catch (RejectedExecutionException e) {
            instead.run();
        } catch (RuntimeException | Error e) {
            instead.run();
            throw e;
        }
    }

    /** A defect must not end the others. */
    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("A playlist failed and ends", e);
            if (!closed) {
                endGracefully();
            }
        }
    }
}
