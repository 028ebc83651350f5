package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/**
 * Puts the JPEGs of an old LKV373 together, straight in buffers of the hub. Each datagram: frame number, chunk number with the
 * highest bit set in the last one (both 16 bits, high byte first), then up to 1020 bytes (danielkucera/golkv373, kripton/LKV373).
 * A picture counts only if it is whole. One thread.
 */
final class Chunks implements AutoCloseable {

    private static final int HEAD = 4;
    private static final int LAST = 0x8000;
    private static final int FIRST_GUESS = 256 * 1024;
    private static final int MOST = 8 * 1024 * 1024;
    private static final int SOI = 0xffd8;
    private static final int EOI = 0xffd9;

    private final CaptureContext context;
    private Slot slot;
    private ByteBuffer buffer;
    private int frame = -1;
    private int nextChunk;
    private int guess = FIRST_GUESS;
    private long began;
    private long published;
    private VideoFormat format;

    Chunks(CaptureContext context) {
        this.context = context;
    }

    /** One datagram, from 0 to the limit. */
    void datagram(ByteBuffer datagram, long nanos) {
        if (datagram.limit() <= HEAD) {
            return;
        }
        int number = datagram.getShort(0) & 0xffff;
        int chunk = datagram.getShort(2) & 0xffff;
        if ((chunk & ~LAST) == 0) {
            begin(number, nanos);
        } else if (slot == null || number != frame || (chunk & ~LAST) != nextChunk) {
            drop();
            return;
        }
        nextChunk++;
        datagram.position(HEAD);
        if (slot == null || buffer.remaining() < datagram.remaining() && !grow(datagram.remaining())) {
            close();
            return;
        }
        buffer.put(datagram);
        if ((chunk & LAST) != 0) {
            end();
        }
    }

    long published() {
        return published;
    }

    @Override
    public void close() {
        if (slot != null) {
            slot.close();
            slot = null;
        }
    }

    private void begin(int number, long nanos) {
        drop();
        frame = number;
        nextChunk = 0;
        began = nanos;
        slot = context.acquireSlot(guess).orElse(null);
        buffer = slot == null ? null : slot.buffer();
    }

    private void drop() {
        if (slot != null) {
            context.reportLostFrames(1);
        }
        close();
    }

    private void end() {
        int size = buffer.position();
        while (size >= 4 && (buffer.getShort(size - 2) & 0xffff) != EOI) {
            // The last chunk may be filled up.
            size--;
        }
        Optional<VideoFormat> found = size < 4 || (buffer.getShort(0) & 0xffff) != SOI ? Optional.empty() : size(size);
        if (found.isEmpty()) {
            drop();
            return;
        }
        guess = Math.max(FIRST_GUESS, size + size / 4);
        buffer.position(size);
        Slot whole = slot;
        slot = null;
        published++;
        context.publishFrame(whole, found.get(), true, began);
    }

    private boolean grow(int more) {
        int needed = buffer.position() + more;
        Optional<Slot> larger = needed > MOST ? Optional.empty() : context.acquireSlot(Math.min(MOST, needed * 2));
        if (larger.isEmpty()) {
            return false;
        }
        larger.get().buffer().put(buffer.flip());
        close();
        slot = larger.get();
        buffer = slot.buffer();
        return true;
    }

    /** The picture's size from its frame header (ITU-T T.81, B.2.2). */
    private Optional<VideoFormat> size(int end) {
        int at = 2;
        while (at + 9 < end) {
            int marker = buffer.getShort(at) & 0xffff;
            if (marker >= 0xffc0 && marker <= 0xffc2) {
                return format(buffer.getShort(at + 7) & 0xffff, buffer.getShort(at + 5) & 0xffff);
            }
            int length = buffer.getShort(at + 2) & 0xffff;
            if (marker <= 0xff00 || length < 2) {
                return Optional.empty();
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private Optional<VideoFormat> format(int width, int height) {
        if (width == 0 || height == 0) {
            return Optional.empty();
        }
        if (format == null || format.width() != width || format.height() != height) {
            format = new VideoFormat(Codec.JPEG, width, height);
        }
        return Optional.of(format);
    }
}
