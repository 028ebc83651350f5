package org.catseye.capture.lkv373a.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/**
 * Assembles the JPEGs of an older LKV373 directly in buffers of the hub, and publishes the complete ones. Each datagram has a frame
 * number and a chunk number whose highest bit marks the last chunk (both 16 bits, high byte first), and then up to 1020 bytes (sources:
 * danielkucera/golkv373, kripton/LKV373). For one thread.
 */
final class JpegAssembler implements AutoCloseable {

    private static final int HEADER_BYTES = 4;
    private static final int LAST_CHUNK_FLAG = 0x8000;
    private static final int MIN_ESTIMATE = 256 * 1024;
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int SOI = 0xffd8;
    private static final int EOI = 0xffd9;

    private final CaptureContext context;
    private Slot slot;
    private ByteBuffer buffer;
    private int frameNumber = -1;
    private int nextChunk;
    private int estimatedBytes = MIN_ESTIMATE;
    private long firstChunkNanos;
    private long publishedFrames;
    private VideoFormat format;

    JpegAssembler(CaptureContext context) {
        this.context = context;
    }

    /** Takes one datagram, from 0 to the limit. */
    void acceptChunk(ByteBuffer datagram, long nanos) {
        if (datagram.limit() <= HEADER_BYTES) {
            return;
        }
        int number = datagram.getShort(0) & 0xffff;
        int chunkField = datagram.getShort(2) & 0xffff;
        int chunk = chunkField & ~LAST_CHUNK_FLAG;
        if (chunk == 0) {
            beginFrame(number, nanos);
        } else if (slot == null || number != frameNumber || chunk != nextChunk) {
            dropFrame();
            return;
        }
        nextChunk++;
        datagram.position(HEADER_BYTES);
        if (slot == null || buffer.remaining() < datagram.remaining() && !growBuffer(datagram.remaining())) {
            close();
            return;
        }
        buffer.put(datagram);
        if ((chunkField & LAST_CHUNK_FLAG) != 0) {
            endFrame();
        }
    }

    long publishedFrames() {
        return publishedFrames;
    }

    @Override
    public void close() {
        if (slot != null) {
            slot.close();
            slot = null;
        }
    }

    private void beginFrame(int number, long nanos) {
        dropFrame();
        frameNumber = number;
        nextChunk = 0;
        firstChunkNanos = nanos;
        slot = context.acquireSlot(estimatedBytes).orElse(null);
        buffer = slot == null ? null : slot.buffer();
    }

    private void dropFrame() {
        if (slot != null) {
            context.reportLostFrames(1);
        }
        close();
    }

    private void endFrame() {
        int size = findEnd();
        Optional<VideoFormat> found = size < 4 || (buffer.getShort(0) & 0xffff) != SOI ? Optional.empty() : parseFormat(size);
        if (found.isEmpty()) {
            dropFrame();
            return;
        }
        estimatedBytes = Math.max(MIN_ESTIMATE, size + size / 4);
        buffer.position(size);
        Slot complete = slot;
        slot = null;
        publishedFrames++;
        context.publishFrame(complete, found.get(), true, firstChunkNanos);
    }

    /** The size without the padding of the last chunk; less than 4 if there is no EOI. */
    private int findEnd() {
        int size = buffer.position();
        while (size >= 4 && (buffer.getShort(size - 2) & 0xffff) != EOI) {
            size--;
        }
        return size;
    }

    private boolean growBuffer(int moreBytes) {
        int needed = buffer.position() + moreBytes;
        Optional<Slot> larger = needed > MAX_BYTES ? Optional.empty() : context.acquireSlot(Math.min(MAX_BYTES, needed * 2));
        if (larger.isEmpty()) {
            return false;
        }
        larger.get().buffer().put(buffer.flip());
        close();
        slot = larger.get();
        buffer = slot.buffer();
        return true;
    }

    /** Reads the picture's size from its frame header (ITU-T T.81, B.2.2). @return empty if the header is invalid */
    private Optional<VideoFormat> parseFormat(int end) {
        int at = 2;
        while (at + 9 < end) {
            int marker = buffer.getShort(at) & 0xffff;
            if (marker >= 0xffc0 && marker <= 0xffc2) {
                return formatFor(buffer.getShort(at + 7) & 0xffff, buffer.getShort(at + 5) & 0xffff);
            }
            int length = buffer.getShort(at + 2) & 0xffff;
            if (marker <= 0xff00 || length < 2) {
                return Optional.empty();
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private Optional<VideoFormat> formatFor(int width, int height) {
        if (width == 0 || height == 0) {
            return Optional.empty();
        }
        if (format == null || format.width() != width || format.height() != height) {
            format = new VideoFormat(Codec.JPEG, width, height);
        }
        return Optional.of(format);
    }
}
