package org.catseye.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;

/**
 * A hub that records everything a driver does and is as strict as a real one may be. It can run out of buffers, overwrites a slot
 * after it was published or closed, and records every breach of the contract in {@link #breaches()}.
 */
public final class FakeCaptureContext implements CaptureContext {

    /** A published frame: format, key flag, timestamp and a copy of the bytes. */
    public record Published(VideoFormat format, boolean key, long capturedNanos, byte[] data) {
    }

    /** A signal that the driver reported. */
    public record Signalled(Signal signal, String reason) {
    }

    private final List<Published> frames = new ArrayList<>();
    private final List<Signalled> signals = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private Runnable wake = () -> { };
    private IncomingSignal incoming = IncomingSignal.UNKNOWN;
    private boolean stopped;
    private int viewers = 1;
    private boolean keyFrameWanted;
    private boolean drawings;
    private boolean exhausted;
    private int lent;
    private long lost;
    private long processorNanos;

    @Override
    public synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public synchronized int viewerCount() {
        return viewers;
    }

    @Override
    public synchronized boolean acceptsDrawings() {
        return drawings;
    }

    @Override
    public synchronized boolean isKeyFrameRequested() {
        return keyFrameWanted;
    }

    @Override
    public synchronized void reportIncomingSignal(IncomingSignal known) {
        incoming = known;
    }

    /** The incoming signal that the driver reported last. */
    public synchronized IncomingSignal reportIncomingSignal() {
        return incoming;
    }

    @Override
    public void setWakeAction(Runnable action) {
        boolean now;
        synchronized (this) {
            wake = action;
            now = stopped;
        }
        if (now) {
            action.run();
        }
    }

    @Override
    public synchronized Optional<Slot> acquireSlot(int bytes) {
        if (bytes < 1) {
            breaches.add("acquire(" + bytes + ")");
        }
        if (exhausted || bytes < 1) {
            lost++;
            notifyAll();
            return Optional.empty();
        }
        lent++;
        return Optional.of(new FakeSlot(bytes));
    }

    @Override
    public synchronized void publishFrame(Slot slot, VideoFormat format, boolean key, long capturedNanos) {
        FakeSlot fake = (FakeSlot) slot;
        ByteBuffer bytes = fake.buffer.duplicate().flip();
        if (fake.gone || !bytes.hasRemaining()) {
            breaches.add(fake.gone ? "published a slot twice" : "published an empty slot");
            throw new IllegalArgumentException(breaches.get(breaches.size() - 1));
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        fake.giveUp();
        frames.add(new Published(format, key, capturedNanos, copy));
        keyFrameWanted &= !key;
        notifyAll();
    }

    @Override
    public synchronized void reportSignal(Signal signal, String reason) {
        if (reason.isBlank()) {
            breaches.add("signal " + signal + " without a reason");
        }
        signals.add(new Signalled(signal, reason));
        notifyAll();
    }

    @Override
    public synchronized void reportProcessorTime(long nanos) {
        if (nanos < 0) {
            breaches.add("processor time " + nanos);
        }
        processorNanos += nanos;
    }

    /** The processor time that the driver reported. */
    public synchronized long processorNanos() {
        return processorNanos;
    }

    @Override
    public synchronized void reportLostFrames(long count) {
        lost += count;
        notifyAll();
    }

    /** Requests the driver to return, as the hub does. The caller must also interrupt the thread. */
    public void stop() {
        change(() -> stopped = true);
    }

    /** Changes the number of viewers. */
    public void viewers(int count) {
        change(() -> viewers = count);
    }

    /** Sets whether all viewers show drawings. */
    public synchronized void showDrawings(boolean all) {
        drawings = all;
    }

    /** Requests a key frame, as a viewer does. */
    public void wantKeyFrame() {
        change(() -> keyFrameWanted = true);
    }

    /** Sets whether acquiring a slot fails, as if viewers held all buffers. */
    public synchronized void exhausted(boolean value) {
        exhausted = value;
    }

    /**
     * Waits until the published frames and signals satisfy {@code condition}.
     *
     * @return false on timeout
     */
    public synchronized boolean await(long millis, Predicate<FakeCaptureContext> condition) throws InterruptedException {
        return Waiting.until(this, millis, () -> condition.test(this));
    }

    public synchronized List<Published> frames() {
        return List.copyOf(frames);
    }

    public synchronized List<Signalled> signals() {
        return List.copyOf(signals);
    }

    /** Forgets the frames and signals so far, so that a long test does not keep them. */
    public synchronized void forgetEvents() {
        frames.clear();
        signals.clear();
    }

    /** The breaches of the contract by the driver. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** The number of slots that were acquired and neither published nor closed. */
    public synchronized int lent() {
        return lent;
    }

    public synchronized long reportLostFrames() {
        return lost;
    }

    private void change(Runnable what) {
        Runnable action;
        synchronized (this) {
            what.run();
            action = wake;
            notifyAll();
        }
        action.run();
    }

    private final class FakeSlot implements Slot {
        private final ByteBuffer buffer;
        private boolean gone;

        FakeSlot(int bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public void close() {
            synchronized (FakeCaptureContext.this) {
                if (!gone) {
                    giveUp();
                }
            }
        }

        void giveUp() {
            gone = true;
            lent--;
            buffer.clear();
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, (byte) 0xEE);
            }
        }
    }
}
