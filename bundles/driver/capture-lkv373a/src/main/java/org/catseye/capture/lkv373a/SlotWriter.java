package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/**
 * Writes access units straight into buffers of the hub and publishes those that a decoder can use: after a loss nothing until the
 * next key frame, so that the last good picture stands still instead of being smeared. One thread, no garbage but for key frames.
 */
final class SlotWriter implements Units, AutoCloseable {

    private static final int LEAST_GUESS = 16 * 1024;
    private static final int MOST = 64 * 1024 * 1024;
    private static final byte[] START = {0, 0, 0, 1};

    private final CaptureContext context;
    private final LongSupplier clock;
    private final Nals nals = new Nals();
    private Slot slot;
    private ByteBuffer buffer;
    private long began;
    /** What the next unit will need at least, by those before: spares most of them from moving to a larger buffer. */
    private int guess = LEAST_GUESS;
    private byte[] sps = {};
    private byte[] pps = {};
    private VideoFormat format;
    private boolean waiting = true;
    private long waitingSince;
    private long published;
    private long units;

    /** @param clock as {@link System#nanoTime()} */
    SlotWriter(CaptureContext context, LongSupplier clock) {
        this.context = context;
        this.clock = clock;
        this.waitingSince = clock.getAsLong();
    }

    @Override
    public void begin(long pts, long nanos, int bytes) {
        close();
        began = nanos;
        units++;
        slot = context.acquireSlot(bytes > 0 ? bytes : guess).orElse(null);
        buffer = slot == null ? null : slot.buffer();
        if (slot == null) {
            awaitKey();
        }
    }

    @Override
    public void data(ByteBuffer bytes) {
        if (slot == null) {
            return;
        }
        if (buffer.remaining() < bytes.remaining() && !grow(buffer.position() + bytes.remaining())) {
            close();
            context.reportLostFrames(1);
            awaitKey();
            return;
        }
        buffer.put(bytes);
    }

    @Override
    public void end() {
        if (slot == null) {
            return;
        }
        guess = Math.max(LEAST_GUESS, Math.max(buffer.position() + buffer.position() / 4, guess - guess / 32));
        while (slot != null) {
            int size = buffer.position();
            nals.scan(buffer, 0, size);
            Slot rest = nals.next() < size ? copy(nals.next(), size) : null;
            buffer.position(nals.next());
            unit();
            close();
            slot = rest;
            buffer = rest == null ? null : rest.buffer();
        }
    }

    @Override
    public void broken() {
        if (slot != null) {
            close();
            context.reportLostFrames(1);
        }
        awaitKey();
    }

    @Override
    public void close() {
        if (slot != null) {
            slot.close();
            slot = null;
            buffer = null;
        }
    }

    /** How many frames were published. */
    long published() {
        return published;
    }

    /** How many PES packets began. */
    long units() {
        return units;
    }

    /** Since when a key frame is waited for, {@link System#nanoTime()}; empty if the picture goes on. */
    Optional<Long> waitingSince() {
        return waiting ? Optional.of(waitingSince) : Optional.empty();
    }

    /** Whether the parameter sets and so the size are known. */
    Optional<VideoFormat> format() {
        return Optional.ofNullable(format);
    }

    private void unit() {
        if (nals.hasSps() || nals.hasPps()) {
            parameters();
        }
        if (!nals.picture()) {
            return;
        }
        if (format == null || pps.length == 0 || waiting && !nals.idr()) {
            context.reportLostFrames(1);
            awaitKey();
        } else if (nals.idr() && !nals.hasParameters()) {
            withParameters();
        } else {
            publish(slot);
        }
    }

    private void publish(Slot whole) {
        if (nals.idr()) {
            waiting = false;
        }
        published++;
        slot = null;
        context.publishFrame(whole, format, nals.idr(), began);
    }

    /** A key frame carries its parameter sets, whatever the sender does. */
    private void withParameters() {
        Optional<Slot> larger = context.acquireSlot(buffer.position() + sps.length + pps.length + 2 * START.length);
        if (larger.isEmpty()) {
            awaitKey();
            return;
        }
        ByteBuffer old = buffer.flip();
        larger.get().buffer().put(START).put(sps).put(START).put(pps).put(old);
        close();
        publish(larger.get());
    }

    private void parameters() {
        if (nals.hasSps()) {
            ByteBuffer found = nals.sps(buffer);
            if (!found.equals(ByteBuffer.wrap(sps))) {
                sps = bytes(found);
                format = Sps.parse(ByteBuffer.wrap(sps)).map(s -> new VideoFormat(Codec.H264, s.width(), s.height())).orElse(null);
            }
        }
        if (nals.hasPps()) {
            ByteBuffer found = nals.pps(buffer);
            if (!found.equals(ByteBuffer.wrap(pps))) {
                pps = bytes(found);
            }
        }
    }

    private void awaitKey() {
        if (!waiting) {
            waiting = true;
            waitingSince = clock.getAsLong();
        }
    }

    private boolean grow(int needed) {
        if (needed > MOST) {
            return false;
        }
        Optional<Slot> larger = context.acquireSlot(Math.min(MOST, needed + needed / 2));
        if (larger.isEmpty()) {
            return false;
        }
        larger.get().buffer().put(buffer.flip());
        close();
        slot = larger.get();
        buffer = slot.buffer();
        return true;
    }

    private Slot copy(int from, int to) {
        Optional<Slot> rest = context.acquireSlot(to - from);
        rest.ifPresentOrElse(it -> it.buffer().put(buffer.duplicate().limit(to).position(from)), this::awaitKey);
        return rest.orElse(null);
    }

    private static byte[] bytes(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return bytes;
    }
}
