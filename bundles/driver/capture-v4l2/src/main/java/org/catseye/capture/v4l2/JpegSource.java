package org.catseye.capture.v4l2;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/** Pass-through: the JPEG as it came, without padding, with Huffman tables added where they are missing. */
final class JpegSource implements FrameSource {

    private static final int SOI_BYTES = 2;

    private JpegFrame accepted = new JpegFrame();
    private JpegFrame candidate = new JpegFrame();
    private Optional<VideoFormat> format = Optional.empty();

    @Override
    public boolean accept(ByteBuffer bytes, int used) {
        if (!candidate.read(bytes, used)) {
            return false;
        }
        JpegFrame before = accepted;
        accepted = candidate;
        candidate = before;
        return true;
    }

    @Override
    public String defect() {
        return candidate.defect();
    }

    @Override
    public Optional<Slot> copy(ByteBuffer bytes, CaptureContext context) {
        int length = accepted.length();
        Optional<Slot> slot = context.acquireSlot(length + added());
        if (slot.isPresent()) {
            ByteBuffer to = slot.get().buffer();
            int from = 0;
            if (!accepted.hasHuffmanTables()) {
                to.put(0, bytes, 0, SOI_BYTES).position(SOI_BYTES);
                HuffmanTables.put(to);
                from = SOI_BYTES;
            }
            to.put(to.position(), bytes, from, length - from);
            to.position(to.position() + length - from);
        }
        return slot;
    }

    @Override
    public VideoFormat format() {
        int width = accepted.width();
        int height = accepted.height();
        if (format.isEmpty() || format.get().width() != width || format.get().height() != height) {
            format = Optional.of(new VideoFormat(Codec.JPEG, width, height));
        }
        return format.get();
    }

    @Override
    public int scan() {
        return accepted.scan() + added();
    }

    private int added() {
        return accepted.hasHuffmanTables() ? 0 : HuffmanTables.LENGTH;
    }
}
