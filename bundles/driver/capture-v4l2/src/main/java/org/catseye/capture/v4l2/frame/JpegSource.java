package org.catseye.capture.v4l2.frame;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/** Passes the device's JPEG through: without padding, and with Huffman tables added if they are missing. */
public final class JpegSource implements FrameSource {

    private static final int SOI_BYTES = 2;

    private JpegFrame accepted = new JpegFrame();
    private JpegFrame candidate = new JpegFrame();
    private Optional<VideoFormat> format = Optional.empty();

    @Override
    public boolean acceptFrame(ByteBuffer bytes, int used) {
        if (!candidate.parseFrame(bytes, used)) {
            return false;
        }
        JpegFrame previous = accepted;
        accepted = candidate;
        candidate = previous;
        return true;
    }

    @Override
    public String defectDescription() {
        return candidate.defect().description();
    }

    @Override
    public Optional<Slot> copyToSlot(ByteBuffer bytes, CaptureContext context) {
        int length = accepted.length();
        Optional<Slot> slot = context.acquireSlot(length + addedBytes());
        if (slot.isPresent()) {
            ByteBuffer to = slot.get().buffer();
            int from = 0;
            if (!accepted.hasHuffmanTables()) {
                to.put(0, bytes, 0, SOI_BYTES).position(SOI_BYTES);
                HuffmanTables.appendTo(to);
                from = SOI_BYTES;
            }
            to.put(to.position(), bytes, from, length - from);
            to.position(to.position() + length - from);
        }
        return slot;
    }

    @Override
    public VideoFormat frameFormat() {
        int width = accepted.width();
        int height = accepted.height();
        if (format.isEmpty() || format.get().width() != width || format.get().height() != height) {
            format = Optional.of(new VideoFormat(Codec.JPEG, width, height));
        }
        return format.get();
    }

    @Override
    public int scanOffset() {
        return accepted.scanOffset() + addedBytes();
    }

    private int addedBytes() {
        return accepted.hasHuffmanTables() ? 0 : HuffmanTables.LENGTH;
    }
}
