package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.video.Codec;
import org.catseye.video.Delivery;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.PictureQuality;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;

/**
 * A hub that counts: each handle must be closed exactly once. A buffer nobody holds is poisoned at once and used again, so that
 * bytes sent after their frame was closed are seen on the wire.
 */
public final class FakeHub implements VideoHub {

    public static final byte POISON = (byte) 0xdd;
    private static final VideoFormat FORMAT = new VideoFormat(Codec.JPEG, 640, 480);

    private final List<Place> places = new CopyOnWriteArrayList<>();
    private final Deque<Memory> free = new ArrayDeque<>();
    private final AtomicInteger openHandles = new AtomicInteger();
    private final AtomicInteger doubleCloses = new AtomicInteger();
    private final int size;
    private Memory newest;
    private long sequence;
    public volatile VideoFormat format = FORMAT;
    public volatile VideoState.Condition condition = VideoState.Condition.LIVE;
    /** What a viewer asked for last. */
    public volatile PictureQuality quality;
    /** What is added to the numbers of frames, as for a viewer that came from another quality. */
    public volatile long renumbered;
    /** What a frame's bytes are, instead of {@link #content}; null for those. As long as each frame. */
    public volatile byte[] unit;
    /** Thrown once to a viewer that takes a frame; null for none. */
    public volatile Error failure;
    /** What a viewer of JPEG only is told; null: the same as everybody. */
    public volatile VideoState forJpeg;
    /** The same for a viewer of H.264 only. */
    public volatile VideoState forH264;

    /** @param size bytes of each frame, at least 8 */
    public FakeHub(int size) {
        this.size = size;
    }

    /** What a frame's bytes are: its number, and then the number's last byte over and over. */
    public static byte[] content(long sequence, int size) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) (sequence % 100));
        ByteBuffer.wrap(bytes).putLong(sequence);
        return bytes;
    }

    public long publish() {
        Memory old;
        synchronized (this) {
            Memory next = free.isEmpty() ? new Memory(size) : free.pop();
            next.write(++sequence, format, unit == null ? content(sequence, size) : unit);
            old = newest;
            newest = next;
        }
        if (old != null) {
            old.release();
        }
        places.forEach(place -> place.listener.onFrameAvailable());
        return sequence;
    }

    public int viewers() {
        return places.size();
    }

    public int openHandles() {
        return openHandles.get();
    }

    public void assertAllClosedOnce() {
        assertEquals("frames closed twice", 0, doubleCloses.get());
        assertEquals("frames not closed", 0, openHandles.get());
    }

    @Override
    public VideoState currentState() {
        return new VideoState(condition, "as it is", Optional.of(format), 30, viewers(), sequence, 0);
    }

    @Override
    public VideoState currentState(Set<Codec> accepts) {
        VideoState special = !accepts.contains(Codec.H264) ? forJpeg : accepts.contains(Codec.JPEG) ? null : forH264;
        return special == null ? currentState() : special;
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts, PictureQuality wanted) {
        quality = wanted;
        return subscribe(listener, accepts);
    }

    @Override
    public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
        Place place = new Place(listener, accepts);
        places.add(place);
        listener.onFrameAvailable();
        return place;
    }

    private final class Place implements Subscription {
        private final FrameListener listener;
        private final Set<Codec> accepts;
        private final AtomicBoolean asking = new AtomicBoolean();
        private long last;

        Place(FrameListener listener, Set<Codec> accepts) {
            this.listener = listener;
            this.accepts = accepts;
        }

        @Override
        public Optional<Frame> nextFrame() {
            assertTrue("one thread at a time asks", asking.compareAndSet(false, true));
            try {
                Error now = failure;
                failure = null;
                if (now != null) {
                    throw now;
                }
                synchronized (FakeHub.this) {
                    if (newest == null || newest.sequence == last || !places.contains(this)
                            || !accepts.contains(newest.format.codec())) {
                        return Optional.empty();
                    }
                    last = newest.sequence;
                    return Optional.of(new Handle(newest));
                }
            } finally {
                asking.set(false);
            }
        }

        @Override
        public void requestKeyFrame() {
        }

        @Override
        public void changeQuality(PictureQuality next) {
            quality = next;
        }

        @Override
        public Delivery currentDelivery() {
            return new Delivery(quality, quality == PictureQuality.SHARP ? "" : "fake", "");
        }

        @Override
        public void close() {
            places.remove(this);
        }
    }

    private final class Memory {
        private final ByteBuffer bytes;
        private final ByteBuffer view;
        private final AtomicInteger references = new AtomicInteger();
        private long sequence;
        private long nanos;
        private VideoFormat format;

        Memory(int size) {
            bytes = ByteBuffer.allocateDirect(size);
            view = bytes.asReadOnlyBuffer();
        }

        void write(long number, VideoFormat as, byte[] content) {
            references.set(1);
            sequence = number;
            format = as;
            nanos = System.nanoTime();
            bytes.clear().put(content).clear();
        }

        void release() {
            if (references.decrementAndGet() == 0) {
                for (int i = 0; i < bytes.capacity(); i++) {
                    bytes.put(i, POISON);
                }
                synchronized (FakeHub.this) {
                    free.push(this);
                }
            }
        }
    }

    private final class Handle implements Frame {
        private final Memory memory;
        private final AtomicBoolean closed = new AtomicBoolean();

        Handle(Memory memory) {
            this.memory = memory;
            memory.references.incrementAndGet();
            openHandles.incrementAndGet();
        }

        @Override
        public VideoFormat format() {
            return memory.format;
        }

        @Override
        public ByteBuffer encodedBytes() {
            return memory.view;
        }

        @Override
        public long sequence() {
            return memory.sequence + renumbered;
        }

        @Override
        public boolean isRenumbered() {
            return renumbered != 0;
        }

        @Override
        public long capturedNanos() {
            return memory.nanos;
        }

        @Override
        public boolean isKeyFrame() {
            return memory.format.codec() != Codec.DRAWING;
        }

        @Override
        public Frame retain() {
            assertTrue("retained after close", !closed.get());
            return new Handle(memory);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                openHandles.decrementAndGet();
                memory.release();
            } else {
                doubleCloses.incrementAndGet();
            }
        }
    }
}
