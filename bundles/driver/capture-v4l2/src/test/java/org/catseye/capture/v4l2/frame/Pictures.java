package org.catseye.capture.v4l2.frame;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for tests, encoded by the JDK. */
public final class Pictures {

    public static BufferedImage uniform(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(new Color(rgb));
        g.fillRect(0, 0, width, height);
        g.dispose();
        return image;
    }

    public static BufferedImage bars(int width, int height) {
        int[] colours = {0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x000000};
        BufferedImage image = uniform(width, height, 0);
        Graphics2D g = image.createGraphics();
        for (int i = 0; i < colours.length; i++) {
            g.setColor(new Color(colours[i]));
            g.fillRect(width * i / 8, 0, width / 8 + 1, height);
        }
        g.dispose();
        return image;
    }

    /** Text on black, like a boot screen. */
    public static BufferedImage console(int width, int height) {
        BufferedImage image = uniform(width, height, 0);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.LIGHT_GRAY);
        for (int line = 1; line < 6; line++) {
            g.drawString("Press DEL to enter setup " + line, 20, line * 20);
        }
        g.dispose();
        return image;
    }

    /** The picture that is hardest to compress. */
    public static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    public static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    public static BufferedImage decode(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    /** The same JPEG without its DHT segments, as UVC permits. */
    public static byte[] withoutHuffmanTables(byte[] jpeg) {
        byte[] out = new byte[jpeg.length];
        int to = 2;
        System.arraycopy(jpeg, 0, out, 0, 2);
        int from = 2;
        while ((jpeg[from + 1] & 0xff) != 0xda) {
            int size = 2 + ((jpeg[from + 2] & 0xff) << 8 | jpeg[from + 3] & 0xff);
            if ((jpeg[from + 1] & 0xff) != 0xc4) {
                System.arraycopy(jpeg, from, out, to, size);
                to += size;
            }
            from += size;
        }
        System.arraycopy(jpeg, from, out, to, jpeg.length - from);
        return Arrays.copyOf(out, to + jpeg.length - from);
    }

    /** A direct buffer like the driver's: the bytes from index 0, then {@code padding} zeros. */
    public static ByteBuffer mapped(byte[] jpeg, int padding) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(jpeg.length + padding);
        buffer.put(0, jpeg);
        return buffer;
    }

    /** A direct buffer like a filled slot: position behind the last byte. */
    public static ByteBuffer slot(byte[] jpeg) {
        return ByteBuffer.allocateDirect(jpeg.length + 100).put(jpeg);
    }

    private Pictures() {
    }
}
