package org.catseye.rendition.jpeg;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.catseye.video.VideoFormat;

/** Java's JPEG decoder with one image that is used again and again. Not thread-safe. */
final class JpegDecoder implements AutoCloseable {

    /** After so long without a picture that can be decoded, the viewers get the source's pictures. */
    private static final long MAX_DAMAGE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NONE = Long.MIN_VALUE;

    private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    private long damagedSince = NONE;

    /**
     * Decodes a picture.
     *
     * @param bytes of the picture, from 0
     * @param now System.nanoTime
     * @return whether {@link #image()} shows it; false for one that is damaged
     * @throws IOException with a message for the user, if all pictures have been damaged for a second
     */
    boolean decode(byte[] jpeg, int bytes, VideoFormat format, long now) throws IOException {
        if (image.getWidth() != format.width() || image.getHeight() != format.height()) {
            image = new BufferedImage(format.width(), format.height(), BufferedImage.TYPE_3BYTE_BGR);
        }
        try {
            readInto(jpeg, bytes);
            damagedSince = NONE;
            return true;
        } catch (IOException | RuntimeException e) {
            damagedSince = damagedSince == NONE ? now : damagedSince;
            if (now - damagedSince > MAX_DAMAGE_NANOS) {
                throw new IOException("The pictures of the device cannot be decoded, so there is no smaller one: " + e.getMessage(), e);
            }
            return false;
        }
    }

    private void readInto(byte[] jpeg, int bytes) throws IOException {
        ImageReadParam into = reader.getDefaultReadParam();
        into.setDestination(image);
        try {
            read(jpeg, bytes, into);
        } catch (IIOException e) {
            // Not three colours: a grey picture.
            BufferedImage other = read(jpeg, bytes, reader.getDefaultReadParam());
            Graphics2D graphics = image.createGraphics();
            graphics.drawImage(other, 0, 0, null);
            graphics.dispose();
        }
    }

    private BufferedImage read(byte[] jpeg, int bytes, ImageReadParam into) throws IOException {
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg, 0, bytes))) {
            reader.setInput(in, true, true);
            return reader.read(0, into);
        }
    }

    /** Blue, green and red of each pixel, row by row. Valid until the next picture is decoded. */
    byte[] image() {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
