package org.catseye.testkit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;

/** A hub that repeats a clip at 25 frames a second; each viewer starts with the first frame. */
public final class ClipHub implements VideoHub, AutoCloseable {

    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final List<FrameListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::playFrames, "clip-hub");
    private volatile List<byte[]> clip;
    private volatile VideoFormat format;
    private volatile long offered;
    private volatile boolean paused;
    private volatile boolean closed;

    public ClipHub(List<byte[]> units, VideoFormat as) {
        clip = units;
        format = as;
        thread.start();
    }

    /** Switches all viewers to the beginning of another clip. */
    public void playClip(List<byte[]> units, VideoFormat as) {
        clip = units;
        format = as;
    }

    public void setPaused(boolean value) {
        paused = value;
    }

    /** The number of frames so far. */
    public long offered() {
        return offered;
    }

    public int countSubscribers() {
        return listeners.size();
    }

    @Override
    public VideoState currentState() {
        return new VideoState(VideoState.Condition.LIVE, "It plays.", Optional.of(format), 30, listeners.size(), offered, 0);
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        if (!accepts.equals(Set.of(format.codec()))) {
            throw new IllegalArgumentException("asked for " + accepts);
        }
        listeners.add(listener);
        return new ClipSubscription(listener);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Offers one frame, after a frame's time; for a paused hub. */
    public void offerOneFrame() {
        LockSupport.parkNanos(FRAME_NANOS);
        offerFrame();
    }

    private void playFrames() {
        while (!closed) {
            LockSupport.parkNanos(FRAME_NANOS);
            if (!paused) {
                offerFrame();
            }
        }
    }

    private synchronized void offerFrame() {
        offered++;
        listeners.forEach(FrameListener::onFrameAvailable);
    }

    private final class ClipSubscription implements Subscription {
        private final FrameListener listener;
        private final long from = offered;
        private List<byte[]> playing = clip;
        private int position;
        private long taken;

        ClipSubscription(FrameListener listener) {
            this.listener = listener;
        }

        @Override
        public Optional<Frame> nextFrame() {
            if (taken >= offered - from || !listeners.contains(listener)) {
                return Optional.empty();
            }
            taken++;
            if (playing != clip) {
                playing = clip;
                position = 0;
            }
            int at = position++ % playing.size();
            return Optional.of(new ClipFrame(playing.get(at), format, at == 0, taken));
        }

        @Override
        public void requestKeyFrame() {
        }

        @Override
        public void close() {
            listeners.remove(listener);
        }
    }

    private record ClipFrame(byte[] bytes, VideoFormat format, boolean isKeyFrame, long sequence) implements Frame {

        @Override
        public ByteBuffer encodedBytes() {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        @Override
        public long capturedNanos() {
            return System.nanoTime();
        }

        @Override
        public Frame retain() {
            return this;
        }

        @Override
        public void close() {
        }
    }
}
