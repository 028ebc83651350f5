package org.catseye.qemu.screen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.jpeg.PictureMemory;

/**
 * A picture in the format PPM, as QEMU writes it. QEMU and its guest are not trusted.
 *
 * @param pixels {@code 0xRRGGBB}, row by row; not copied
 */
record Screenshot(Identity identity, int[] pixels) {

    private static final int BYTES_PER_PIXEL = 3;
    private static final int MAX_HEADER_BYTES = 64;
    private static final int QUALITY = 85;

    /** What tells a picture from others without its pixels. */
    record Identity(int width, int height, long checksum) {
    }

    /** There is no memory for the picture. The message is for the user. */
    static final class ShortageException extends IOException {

        private static final long serialVersionUID = 1;

        ShortageException(String message) {
            super(message);
        }
    }

    /**
     * Reads a file.
     *
     * @param memory where the memory of the picture and its JPEG is reserved
     * @throws IOException if there is no such file, or it is no picture; a {@link ShortageException} if it is too large
     */
    static Screenshot readFile(Path file, PictureMemory memory) throws IOException, InterruptedException {
        // Opening a pipe would block.
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isRegularFile()) {
            throw new IOException("it is not a regular file");
        }
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer header = ByteBuffer.allocate(MAX_HEADER_BYTES);
            readFully(channel, header);
            String[] fields = new String(header.array(), 0, header.position(), StandardCharsets.ISO_8859_1).split("\\s", 5);
            if (fields.length < 5 || !fields[0].equals("P6") || !fields[1].matches("\\d{1,5}") || !fields[2].matches("\\d{1,5}") || !fields[3].equals("255")) {
                throw new IOException("the file is no PPM");
            }
            int width = Integer.parseInt(fields[1]);
            int height = Integer.parseInt(fields[2]);
            channel.position(fields[0].length() + fields[1].length() + fields[2].length() + fields[3].length() + fields.length - 1);
            checkSize(width, height, channel.size() - channel.position(), memory);
            return readPixels(channel, width, height);
        }
    }

    private static void checkSize(int width, int height, long bytes, PictureMemory memory) throws IOException, InterruptedException {
        long pixels = (long) width * height;
        if (pixels == 0) {
            throw new IOException("the picture has the size " + width + "x" + height);
        }
        if (bytes < pixels * BYTES_PER_PIXEL) {
            throw new IOException("the file is too short");
        }
        if (!memory.tryReserve(width, height)) {
            throw new ShortageException(PictureMemory.describeShortage(width, height));
        }
    }

    private static Screenshot readPixels(FileChannel channel, int width, int height) throws IOException {
        int[] pixels = new int[width * height];
        ByteBuffer row = ByteBuffer.allocate(width * BYTES_PER_PIXEL);
        byte[] rgb = row.array();
        CRC32C checksum = new CRC32C();
        for (int from = 0; from < pixels.length; from += width) {
            readFully(channel, row.clear());
            if (row.hasRemaining()) {
                throw new IOException("the file is too short");
            }
            checksum.update(rgb);
            for (int x = 0, at = 0; x < width; x++, at += BYTES_PER_PIXEL) {
                pixels[from + x] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
            }
        }
        return new Screenshot(new Identity(width, height, checksum.getValue()), pixels);
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer) > 0) {
            // A read may return fewer bytes than there are.
        }
    }

    int width() {
        return identity.width();
    }

    int height() {
        return identity.height();
    }

    JpegEncoder encodeJpeg() {
        JpegEncoder encoder = new JpegEncoder(width(), height(), QUALITY);
        BitSet all = new BitSet();
        all.set(0, encoder.stripCount());
        encoder.encodeStrips(pixels, all);
        return encoder;
    }
}
