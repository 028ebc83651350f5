package org.catseye.core.video;

import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.IncomingSignal;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The pictures of one target. Frames come in on the capture thread, which offers each to every viewer before it goes back to its
 * device: no hand-over, no queue. While there is no live picture, viewers see one in words.
 */
final class Hub implements VideoHub {

    private static final int SAID_AFTER = 10;
    private static final String LIVE = "The picture is live.";
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final String target;
    private final BufferPool pool;
    private final GroupRing ring;
    private final Words words;
    private final Statistics statistics = new Statistics();
    private final Audience audience;
    /** Whom to wake when viewers come or want a key frame: the running capture, if any. */
    private volatile CaptureLoop source;
    /** Guards {@link #now}, {@link #sequence} and the order in which frames enter the ring. */
    private final Object publishing = new Object();
    private volatile Now now = new Now(Condition.NO_DEVICE, "No capture device is connected to this target.", Optional.empty());
    /** For which the picture in words is in the ring. */
    private volatile Now shown;
    private long sequence;
    private volatile boolean ended;
    /** Frames in a row for which there was no buffer; on the capture thread, as is what follows. */
    private int refusedInARow;
    private volatile String lack = "";
    private volatile IncomingSignal incoming = IncomingSignal.UNKNOWN;

    /** What is so at the moment; one immutable snapshot. */
    private record Now(Condition condition, String reason, Optional<VideoFormat> format) {

        /** Whether the picture goes on in this format. */
        boolean isLive(VideoFormat in) {
            return condition == Condition.LIVE && reason.equals(LIVE) && format.get().equals(in);
        }
    }

    Hub(String target, BufferPool pool, long ringBytes, Words words) {
        this.target = target;
        this.pool = pool;
        this.audience = new Audience(target);
        this.ring = new GroupRing(ringBytes);
        this.words = words;
    }

    @Override
    public VideoState currentState() {
        Now is = now;
        double fps = is.condition == Condition.LIVE ? statistics.fps(System.nanoTime()) : 0;
        return new VideoState(is.condition, is.reason, is.format, fps, viewerCount(), statistics.frames(), statistics.lost(),
            is.condition == Condition.LIVE ? incoming : IncomingSignal.UNKNOWN);
    }

    /** What the target sends from now on. On the capture thread. */
    void incoming(IncomingSignal known) {
        boolean changed = !known.equals(incoming);
        incoming = known;
        if (changed && now.condition == Condition.LIVE) {
            audience.tell(currentState());
        }
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        return subscribe(listener, accepts, true);
    }

    /** @param counts false for one who is no viewer, and does not wake a source that rests */
    Subscription subscribe(FrameListener listener, Set<Codec> accepts, boolean counts) {
        Viewer viewer = new Viewer(this, listener, accepts, counts);
        audience.add(viewer);
        if (ended) {
            leave(viewer);
            viewer.end();
            return viewer;
        }
        wakeSource();
        paintWords(0);
        audience.offer(viewer);
        return viewer;
    }

    String target() {
        return target;
    }

    int viewerCount() {
        return audience.count();
    }

    /** Frames from now on are numbered beyond this. */
    void atLeast(long number) {
        synchronized (publishing) {
            sequence = Math.max(sequence, number);
        }
    }

    BufferPool pool() {
        return pool;
    }

    Statistics statistics() {
        return statistics;
    }

    void leave(Viewer viewer) {
        audience.remove(viewer);
        wakeSource();
    }

    void keyFrameWanted() {
        CaptureLoop loop = source;
        if (loop != null) {
            loop.wantKeyFrame();
        }
    }

    void source(CaptureLoop loop) {
        source = loop;
    }

    /** A live frame. Called on the capture thread; takes over the caller's reference. */
    void publish(Buffer buffer, VideoFormat format, boolean key, long capturedNanos) {
        Now before;
        boolean changed;
        refusedInARow = 0;
        lack = "";
        synchronized (publishing) {
            before = now;
            changed = !before.isLive(format);
            if (changed) {
                now = new Now(Condition.LIVE, LIVE, Optional.of(format));
            }
            enter(buffer, format, key, capturedNanos);
        }
        if (changed) {
            if (!before.format.equals(Optional.of(format))) {
                LOG.info("{}: live, {} {}x{}", target, format.codec(), format.width(), format.height());
            }
            audience.tell(currentState());
        }
        audience.offer();
    }

    /** There was no buffer for a frame. After some in a row it is said why. On the capture thread. */
    void refused(int bytes) {
        statistics.lost(1);
        if (++refusedInARow == SAID_AFTER) {
            String why = pool.why(bytes);
            lack = why;
            LOG.warn("{}: {}", target, why);
            if (!stale(why)) {
                condition(Condition.CONNECTING, why);
            }
        }
    }

    /** There is no live picture, for this reason. From any thread. */
    void condition(Condition condition, String reason) {
        boolean wasLive;
        synchronized (publishing) {
            if (now.condition == condition && now.reason.equals(reason)) {
                return;
            }
            wasLive = now.condition == Condition.LIVE;
            now = new Now(condition, reason, Optional.empty());
        }
        LOG.atLevel(condition == Condition.MISCONFIGURED ? Level.WARN : Level.INFO).log("{}: {}: {}", target, condition, reason);
        audience.tell(currentState());
        // A device that is only reconfigured is back before anybody could read the words.
        paintWords(wasLive ? Words.PATIENCE_MILLIS : 0);
    }

    /** What is so before anything happened; nobody is told. */
    void initially(Condition condition, String reason) {
        synchronized (publishing) {
            now = new Now(condition, reason, Optional.empty());
        }
    }

    /** The live picture stands still for this reason; false if there is no live picture. On the capture thread. */
    boolean stale(String drivers) {
        // A driver that gets no buffer takes that for a loss.
        String reason = lack.isEmpty() ? drivers : lack;
        synchronized (publishing) {
            if (now.condition != Condition.LIVE) {
                return false;
            }
            if (now.reason.equals(reason)) {
                return true;
            }
            now = new Now(Condition.LIVE, reason, now.format);
        }
        LOG.debug("{}: {}", target, reason);
        audience.tell(currentState());
        return true;
    }

    /** What {@link Viewer#nextFrame()} gives out. */
    Optional<Frame> after(Cursor cursor, Set<Codec> accepts) {
        return ended ? Optional.empty() : ring.after(cursor, accepts);
    }

    /** Ends the hub: viewers are told and let go, buffers follow as they are closed. */
    void end() {
        ended = true;
        audience.end();
        ring.clear();
        pool.end();
    }

    private void enter(Buffer buffer, VideoFormat format, boolean key, long capturedNanos) {
        buffer.describe(format, key, capturedNanos, ++sequence);
        ring.add(buffer);
        statistics.published(System.nanoTime());
    }

    private void wakeSource() {
        CaptureLoop loop = source;
        if (loop != null) {
            loop.wake();
        }
    }

    /** Has the present condition painted, if it is not LIVE and somebody watches. */
    private void paintWords(long delayMillis) {
        Now is = now;
        boolean wanted = is.condition != Condition.LIVE && is != shown && audience.accepts(Codec.JPEG);
        if (wanted && !ended) {
            words.paint(is.condition, is.reason, delayMillis, () -> now == is && !ended, image -> showWords(is, image));
        }
    }

    private void showWords(Now is, Words.Image image) {
        Buffer buffer = pool.acquire(image.jpeg().length);
        if (buffer == null) {
            LOG.warn("{}: no buffer is free for the picture in words", target);
            return;
        }
        buffer.bytes().put(image.jpeg());
        synchronized (publishing) {
            if (now != is || shown == is || ended) {
                buffer.release();
                return;
            }
            shown = is;
            enter(buffer, image.format(), true, System.nanoTime());
        }
        audience.offer();
    }
}
