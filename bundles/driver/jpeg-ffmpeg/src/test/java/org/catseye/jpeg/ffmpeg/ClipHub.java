package org.catseye.jpeg.ffmpeg;

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

/** A hub that plays a clip over and over, 25 frames a second, each viewer from its first frame on. */
final class ClipHub implements VideoHub, AutoCloseable {

    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final List<FrameListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "clip-hub");
    private volatile List<byte[]> clip;
    private volatile VideoFormat format;
    private volatile long offered;
    private volatile boolean paused;
    private volatile boolean closed;

    ClipHub(List<byte[]> units, VideoFormat as) {
        clip = units;
        format = as;
        thread.start();
    }

    /** Another clip, from its beginning for whoever watches. */
    void play(List<byte[]> units, VideoFormat as) {
        clip = units;
        format = as;
    }

    void pause(boolean value) {
        paused = value;
    }

    int subscribers() {
        return listeners.size();
    }

    @Override
    public VideoState currentState() {
        return new VideoState(VideoState.Condition.LIVE, "It plays.", Optional.of(format), 30, listeners.size(), offered, 0);
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        if (!accepts.equals(Set.of(Codec.H264))) {
            throw new IllegalArgumentException("asked for " + accepts);
        }
        listeners.add(listener);
        return new Place(listener);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One frame, at the clip's pace at most; for a hub that is paused. */
    void step() {
        LockSupport.parkNanos(FRAME_NANOS);
        offer();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(FRAME_NANOS);
            if (!paused) {
                offer();
            }
        }
    }

    private synchronized void offer() {
        offered++;
        listeners.forEach(FrameListener::onFrameAvailable);
    }

    private final class Place implements Subscription {
        private final FrameListener listener;
        private final long from = offered;
        private List<byte[]> playing = clip;
        private int position;
        private long taken;

        Place(FrameListener listener) {
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
            return Optional.of(new Whole(playing.get(at), format, at == 0, taken));
        }

        @Override
        public void requestKeyFrame() {
        }

        @Override
        public void close() {
            listeners.remove(listener);
        }
    }

    private record Whole(byte[] bytes, VideoFormat format, boolean isKeyFrame, long sequence) implements Frame {

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
