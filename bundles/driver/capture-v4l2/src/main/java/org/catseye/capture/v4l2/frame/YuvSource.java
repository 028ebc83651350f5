package org.catseye.capture.v4l2.frame;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.catseye.capture.v4l2.kernel.StreamFormat;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/**
 * Encodes the pictures of devices without JPEG: YUV 4:2:2 (ITU-R BT.601, 16 to 235), by the JDK's writer. This is slow: about 20 ms
 * of processor time per megapixel on a desktop, and several times that on a Raspberry Pi.
 */
final class YuvSource implements FrameSource {

    private static final float QUALITY = 0.8f;

    /** Reuses its array for every frame, and gives access to it without a copy. */
    private static final class ReusableOutput extends ByteArrayOutputStream {
        void copyTo(ByteBuffer to) {
            to.put(buf, 0, count);
        }
    }

    private final VideoFormat format;
    private final int bytesPerLine;
    private final int lumaOffset;
    private final BufferedImage image;
    private final int[] pixels;
    private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    private final ImageWriteParam parameters = writer.getDefaultWriteParam();
    private final ReusableOutput jpeg = new ReusableOutput();

    /** @param streamFormat YUYV or UYVY */
    YuvSource(StreamFormat streamFormat) {
        format = new VideoFormat(Codec.JPEG, streamFormat.width(), streamFormat.height());
        bytesPerLine = Math.max(streamFormat.bytesPerLine(), streamFormat.width() * 2);
        lumaOffset = streamFormat.fourcc() == V4l2.YUYV ? 0 : 1;
        image = new BufferedImage(streamFormat.width(), streamFormat.height(), BufferedImage.TYPE_INT_RGB);
        pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(QUALITY);
    }

    @Override
    public boolean acceptFrame(ByteBuffer bytes, int used) {
        return used >= bytesPerLine * (format.height() - 1) + format.width() * 2;
    }

    @Override
    public String defectDescription() {
        return "they are shorter than a picture";
    }

    @Override
    public Optional<Slot> copyToSlot(ByteBuffer bytes, CaptureContext context) throws IOException {
        for (int y = 0; y < format.height(); y++) {
            convertLine(bytes, y);
        }
        jpeg.reset();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        Optional<Slot> slot = context.acquireSlot(jpeg.size());
        slot.ifPresent(s -> jpeg.copyTo(s.buffer()));
        return slot;
    }

    @Override
    public VideoFormat frameFormat() {
        return format;
    }

    @Override
    public int scanOffset() {
        return 0;
    }

    @Override
    public void close() {
        writer.dispose();
    }

    private void convertLine(ByteBuffer bytes, int y) {
        int from = y * bytesPerLine;
        int to = y * format.width();
        for (int x = 0; x + 1 < format.width(); x += 2, from += 4) {
            int u = (bytes.get(from + 1 - lumaOffset) & 0xff) - 128;
            int v = (bytes.get(from + 3 - lumaOffset) & 0xff) - 128;
            pixels[to++] = convertColour(bytes.get(from + lumaOffset) & 0xff, u, v);
            pixels[to++] = convertColour(bytes.get(from + 2 + lumaOffset) & 0xff, u, v);
        }
    }

    /** BT.601 in 8-bit fixed point. */
    private static int convertColour(int luma, int u, int v) {
        int y = 298 * (luma - 16) + 128;
        return clampToByte(y + 409 * v) << 16 | clampToByte(y - 100 * u - 208 * v) << 8 | clampToByte(y + 516 * u);
    }

    private static int clampToByte(int fixed) {
        return Math.max(0, Math.min(255, fixed >> 8));
    }
}
