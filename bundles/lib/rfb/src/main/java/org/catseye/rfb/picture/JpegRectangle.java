package org.catseye.rfb.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.catseye.rfb.wire.RfbException;

/** A rectangle that the server sent as JPEG. Java's decoder reads it, after its size is checked. */
final class JpegRectangle {

    private static final int SOI = 0xd8;
    private static final int SOS = 0xda;
    private static final int EOI = 0xd9;

    private JpegRectangle() {
    }

    /** Keeps a JPEG of the whole picture as it is, and decodes a smaller one. */
    static void takeJpeg(byte[] jpeg, Framebuffer picture, Rectangle area) throws IOException {
        requireSize(jpeg, area);
        if (picture.covers(area)) {
            picture.keepWholeJpeg(jpeg);
        } else {
            decodeInto(jpeg, picture, area);
        }
    }

    static void decodeInto(byte[] jpeg, Framebuffer picture, Rectangle area) throws IOException {
        BufferedImage image = readImage(jpeg);
        if (image.getWidth() != area.width() || image.getHeight() != area.height()) {
            throw wrongSize();
        }
        int at = picture.indexOf(area.x(), area.y());
        image.getRGB(0, 0, area.width(), area.height(), picture.pixels(), at, picture.width());
        for (int row = 0; row < area.height(); row++, at += picture.width()) {
            for (int i = at; i < at + area.width(); i++) {
                picture.pixels()[i] &= 0xffffff;
            }
        }
    }

    private static BufferedImage readImage(byte[] jpeg) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } catch (IOException | RuntimeException e) {
            throw new RfbException("The server sent a JPEG that cannot be decoded: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    /** Walks over the segments up to the first scan (T.81 B.1.1). */
    private static void requireSize(byte[] jpeg, Rectangle area) throws RfbException {
        int length = jpeg.length;
        if (length < 4 || word(jpeg, 0) != (0xff00 | SOI) || word(jpeg, length - 2) != (0xff00 | EOI)) {
            throw new RfbException("The server sent a JPEG without its start or end.");
        }
        boolean sized = false;
        int at = 2;
        while (at + 4 <= length && (jpeg[at] & 0xff) == 0xff) {
            int marker = jpeg[at + 1] & 0xff;
            if (marker == SOS && sized) {
                return;
            }
            if (isFrameHeader(marker) && at + 9 <= length) {
                if (sized || word(jpeg, at + 5) != area.height() || word(jpeg, at + 7) != area.width()) {
                    throw wrongSize();
                }
                sized = true;
            }
            at += 2 + word(jpeg, at + 2);
        }
        throw wrongSize();
    }

    /** SOF0 to SOF15, without DHT, JPG and DAC, which are among them. */
    private static boolean isFrameHeader(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static RfbException wrongSize() {
        return new RfbException("The server sent a JPEG of another size than its rectangle.");
    }
}
