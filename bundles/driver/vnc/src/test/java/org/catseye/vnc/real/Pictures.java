package org.catseye.vnc.real;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** A picture of {@code 0xRRGGBB} pixels, from the formats of other programs. */
record Pictures(int width, int height, int[] pixels) {

    /** A portable pixmap of 8 bits per colour, as QEMU's screendump writes it. */
    static Pictures parsePixmap(byte[] file) {
        int[] header = new int[3];
        int at = 2;
        for (int i = 0; i < 3; i++) {
            while (file[at] <= ' ') {
                at++;
            }
            while (file[at] > ' ') {
                header[i] = 10 * header[i] + file[at++] - '0';
            }
        }
        at++;
        int[] pixels = new int[header[0] * header[1]];
        for (int i = 0; i < pixels.length; i++, at += 3) {
            pixels[i] = (file[at] & 0xff) << 16 | (file[at + 1] & 0xff) << 8 | file[at + 2] & 0xff;
        }
        return new Pictures(header[0], header[1], pixels);
    }

    /** An X window dump with 32 bits per pixel (XWDFile.h). */
    static Pictures parseWindowDump(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int width = in.getInt(16);
        int height = in.getInt(20);
        int bytesPerLine = in.getInt(48);
        int start = in.getInt(0) + 12 * in.getInt(76);
        in.order(in.getInt(28) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = in.getInt(start + i / width * bytesPerLine + i % width * 4) & 0xffffff;
        }
        return new Pictures(width, height, pixels);
    }

    static Pictures parseJpeg(byte[] file) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xffffff;
        }
        return new Pictures(image.getWidth(), image.getHeight(), pixels);
    }

    Pictures cut(int x, int y, int w, int h) {
        int[] part = new int[w * h];
        for (int i = 0; i < part.length; i++) {
            part[i] = pixels[(y + i / w) * width + x + i % w];
        }
        return new Pictures(w, h, part);
    }

    boolean equalsExactly(Pictures other) {
        return width == other.width && height == other.height && Arrays.equals(pixels, other.pixels);
    }

    /** Peak signal to noise ratio in dB; 0 if the sizes differ. */
    double compareWith(Pictures other) {
        if (width != other.width || height != other.height) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (pixels[i] >> shift & 0xff) - (other.pixels[i] >> shift & 0xff);
                sum += difference * difference;
            }
        }
        return 10 * Math.log10(255 * 255 / Math.max(1e-9, sum / (3.0 * pixels.length)));
    }

    int countColours() {
        return (int) Arrays.stream(pixels).distinct().count();
    }
}
