package org.catseye.capture.v4l2;

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
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/**
 * For devices without JPEG: YUV 4:2:2 (ITU-R BT.601, 16 to 235) encoded by the JDK's writer. Slow: some 20 ms of processor time
 * per megapixel on a desktop, several times that on a Raspberry Pi.
 */
final class YuvSource implements FrameSource {

    private static final float QUALITY = 0.8f;

    /** Keeps its array from one frame to the next and shows it without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        void putTo(ByteBuffer to) {
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
    private final Bytes jpeg = new Bytes();

    /** @param of YUYV or UYVY */
    YuvSource(Format of) {
        format = new VideoFormat(Codec.JPEG, of.width(), of.height());
        bytesPerLine = Math.max(of.bytesPerLine(), of.width() * 2);
        lumaOffset = of.fourcc() == V4l2.YUYV ? 0 : 1;
        image = new BufferedImage(of.width(), of.height(), BufferedImage.TYPE_INT_RGB);
        pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(QUALITY);
    }

    @Override
    public boolean accept(ByteBuffer bytes, int used) {
        return used >= bytesPerLine * (format.height() - 1) + format.width() * 2;
    }

    @Override
    public String defect() {
        return "they are shorter than a picture";
    }

    @Override
    public Optional<Slot> copy(ByteBuffer bytes, CaptureContext context) throws IOException {
        for (int y = 0; y < format.height(); y++) {
            line(bytes, y);
        }
        jpeg.reset();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        Optional<Slot> slot = context.acquireSlot(jpeg.size());
        slot.ifPresent(s -> jpeg.putTo(s.buffer()));
        return slot;
    }

    @Override
    public VideoFormat format() {
        return format;
    }

    @Override
    public int scan() {
        return 0;
    }

    @Override
    public void close() {
        writer.dispose();
    }

    private void line(ByteBuffer bytes, int y) {
        int from = y * bytesPerLine;
        int to = y * format.width();
        for (int x = 0; x + 1 < format.width(); x += 2, from += 4) {
            int u = (bytes.get(from + 1 - lumaOffset) & 0xff) - 128;
            int v = (bytes.get(from + 3 - lumaOffset) & 0xff) - 128;
            pixels[to++] = rgb(bytes.get(from + lumaOffset) & 0xff, u, v);
            pixels[to++] = rgb(bytes.get(from + 2 + lumaOffset) & 0xff, u, v);
        }
    }

    /** BT.601 in 8-bit fixed point. */
    private static int rgb(int luma, int u, int v) {
        int y = 298 * (luma - 16) + 128;
        return clip(y + 409 * v) << 16 | clip(y - 100 * u - 208 * v) << 8 | clip(y + 516 * u);
    }

    private static int clip(int fixed) {
        return Math.max(0, Math.min(255, fixed >> 8));
    }
}
