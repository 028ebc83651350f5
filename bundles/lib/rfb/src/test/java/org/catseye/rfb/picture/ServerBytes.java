package org.catseye.rfb.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Writes updates as a server does, in all encodings, for one connection. */
public final class ServerBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deflater zrle = new Deflater();
    private final Deflater[] tight = {new Deflater(), new Deflater(), new Deflater(), new Deflater()};

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    public ServerBytes u8(int value) {
        out.write(value);
        return this;
    }

    public ServerBytes u16(int value) {
        return u8(value >> 8).u8(value);
    }

    public ServerBytes u32(int value) {
        return u16(value >> 16).u16(value);
    }

    public ServerBytes bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /** The start of an update, without the type of the message. */
    public ServerBytes update(int rectangles) {
        return u8(0).u16(rectangles);
    }

    public ServerBytes rectangle(int x, int y, int w, int h, int encoding) {
        return u16(x).u16(y).u16(w).u16(h).u32(encoding);
    }

    private ServerBytes pixel(int rgb) {
        return u8(rgb).u8(rgb >> 8).u8(rgb >> 16).u8(0);
    }

    public ServerBytes raw(int[] pixels) {
        for (int rgb : pixels) {
            pixel(rgb);
        }
        return this;
    }

    /** Tiles in turn: raw; background with two coloured parts; the same background with parts of one colour. */
    public ServerBytes hextile(int[] pixels, int w, int h) {
        int number = 0;
        for (int y = 0; y < h; y += 16) {
            for (int x = 0; x < w; x += 16) {
                int tw = Math.min(16, w - x);
                int th = Math.min(16, h - y);
                int colour = pixels[y * w + x];
                List<int[]> runs = runs(pixels, w, x, y, tw, th, colour);
                if (runs.size() > 255 || number++ % 3 == 0) {
                    u8(1).raw(cut(pixels, w, x, y, tw, th));
                    continue;
                }
                boolean single = runs.stream().map(run -> run[3]).distinct().count() == 1;
                u8(2 | (runs.isEmpty() ? 0 : 8) | (single ? 4 : runs.isEmpty() ? 0 : 16)).pixel(colour);
                if (single) {
                    pixel(runs.get(0)[3]);
                }
                if (!runs.isEmpty()) {
                    u8(runs.size());
                }
                for (int[] run : runs) {
                    if (!single) {
                        pixel(run[3]);
                    }
                    u8(run[0] << 4 | run[1]).u8(run[2] - 1 << 4);
                }
            }
        }
        return this;
    }

    /** Horizontal runs that are not of the background: x, y, length, colour. */
    private static List<int[]> runs(int[] pixels, int w, int x, int y, int tw, int th, int background) {
        List<int[]> runs = new ArrayList<>();
        for (int row = 0; row < th; row++) {
            for (int i = 0; i < tw;) {
                int colour = pixels[(y + row) * w + x + i];
                int length = 1;
                while (i + length < tw && pixels[(y + row) * w + x + i + length] == colour) {
                    length++;
                }
                if (colour != background) {
                    runs.add(new int[] {i, row, length, colour});
                }
                i += length;
            }
        }
        return runs;
    }

    private static int[] cut(int[] pixels, int w, int x, int y, int tw, int th) {
        int[] tile = new int[tw * th];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = pixels[(y + i / tw) * w + x + i % tw];
        }
        return tile;
    }

    /** Each tile in the smallest kind that fits: one colour, packed palette, palette runs, plain runs or raw, in turn. */
    public ServerBytes zrle(int[] pixels, int w, int h) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int number = 0;
        for (int y = 0; y < h; y += 64) {
            for (int x = 0; x < w; x += 64) {
                int tw = Math.min(64, w - x);
                zrleTile(cut(pixels, w, x, y, tw, Math.min(64, h - y)), tw, number++, plain);
            }
        }
        byte[] data = deflate(zrle, plain.toByteArray());
        return u32(data.length).bytes(data);
    }

    private static void zrleTile(int[] tile, int tw, int number, ByteArrayOutputStream plain) {
        int[] palette = Arrays.stream(tile).distinct().toArray();
        if (palette.length == 1) {
            plain.write(1);
            cpixel(palette[0], plain);
        } else if (palette.length <= 16 && number % 2 == 0) {
            packedTile(tile, tw, palette, plain);
        } else if (palette.length <= 127) {
            plain.write(128 + palette.length);
            for (int rgb : palette) {
                cpixel(rgb, plain);
            }
            runs(tile, palette, plain);
        } else if (number % 2 == 0) {
            plain.write(128);
            runs(tile, null, plain);
        } else {
            plain.write(0);
            for (int rgb : tile) {
                cpixel(rgb, plain);
            }
        }
    }

    private static void packedTile(int[] tile, int tw, int[] palette, ByteArrayOutputStream plain) {
        plain.write(palette.length);
        for (int rgb : palette) {
            cpixel(rgb, plain);
        }
        int bits = palette.length == 2 ? 1 : palette.length <= 4 ? 2 : 4;
        for (int row = 0; row < tile.length / tw; row++) {
            int held = 0;
            int have = 0;
            for (int x = 0; x < tw; x++) {
                held = held << bits | indexOf(palette, tile[row * tw + x]);
                have += bits;
                if (have == 8 || x == tw - 1) {
                    plain.write(held << 8 - have);
                    held = 0;
                    have = 0;
                }
            }
        }
    }

    private static void runs(int[] tile, int[] palette, ByteArrayOutputStream plain) {
        for (int i = 0; i < tile.length;) {
            int length = 1;
            while (i + length < tile.length && tile[i + length] == tile[i]) {
                length++;
            }
            if (palette == null) {
                cpixel(tile[i], plain);
            } else {
                plain.write(indexOf(palette, tile[i]) | (length > 1 ? 128 : 0));
            }
            i += length;
            if (palette == null || length > 1) {
                for (length--; length >= 255; length -= 255) {
                    plain.write(255);
                }
                plain.write(length);
            }
        }
    }

    private static int indexOf(int[] palette, int rgb) {
        int i = 0;
        while (palette[i] != rgb) {
            i++;
        }
        return i;
    }

    private static void cpixel(int rgb, ByteArrayOutputStream plain) {
        plain.write(rgb);
        plain.write(rgb >> 8);
        plain.write(rgb >> 16);
    }

    /** How a Tight rectangle is sent. */
    public enum Filter { COPY, PALETTE, GRADIENT }

    public ServerBytes tight(int[] pixels, int w, Filter filter, int stream) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        u8((filter == Filter.COPY ? 0 : 0x40) | stream << 4);
        switch (filter) {
            case COPY -> {
                for (int rgb : pixels) {
                    tpixel(rgb, plain);
                }
            }
            case PALETTE -> tightPalette(pixels, w, plain);
            case GRADIENT -> {
                u8(2);
                gradient(pixels, w, plain);
            }
        }
        byte[] data = plain.toByteArray();
        if (data.length < 12) {
            return bytes(data);
        }
        byte[] compressed = deflate(tight[stream], data);
        return compactLength(compressed.length).bytes(compressed);
    }

    private void tightPalette(int[] pixels, int w, ByteArrayOutputStream plain) {
        int[] palette = Arrays.stream(pixels).distinct().toArray();
        u8(1).u8(palette.length - 1);
        for (int rgb : palette) {
            u8(rgb >> 16).u16(rgb);
        }
        for (int row = 0; row < pixels.length / w; row++) {
            int held = 0;
            for (int x = 0; x < w; x++) {
                int index = indexOf(palette, pixels[row * w + x]);
                if (palette.length > 2) {
                    plain.write(index);
                    continue;
                }
                held |= index << 7 - x % 8;
                if (x % 8 == 7 || x == w - 1) {
                    plain.write(held);
                    held = 0;
                }
            }
        }
    }

    private static void gradient(int[] pixels, int w, ByteArrayOutputStream plain) {
        for (int i = 0; i < pixels.length; i++) {
            for (int shift = 16; shift >= 0; shift -= 8) {
                int left = i % w == 0 ? 0 : pixels[i - 1] >> shift & 0xff;
                int above = i < w ? 0 : pixels[i - w] >> shift & 0xff;
                int aboveLeft = i < w || i % w == 0 ? 0 : pixels[i - w - 1] >> shift & 0xff;
                int estimate = Math.max(0, Math.min(255, left + above - aboveLeft));
                plain.write((pixels[i] >> shift & 0xff) - estimate);
            }
        }
    }

    private static void tpixel(int rgb, ByteArrayOutputStream plain) {
        plain.write(rgb >> 16);
        plain.write(rgb >> 8);
        plain.write(rgb);
    }

    public ServerBytes tightFill(int rgb) {
        return u8(0x80).u8(rgb >> 16).u16(rgb);
    }

    public ServerBytes tightJpeg(byte[] jpeg) {
        return u8(0x90).compactLength(jpeg.length).bytes(jpeg);
    }

    public ServerBytes compactLength(int length) {
        u8(length & 0x7f | (length > 0x7f ? 0x80 : 0));
        if (length > 0x7f) {
            u8(length >> 7 & 0x7f | (length > 0x3fff ? 0x80 : 0));
        }
        return length > 0x3fff ? u8(length >> 14) : this;
    }

    public static byte[] jpeg(int[] pixels, int w) {
        BufferedImage image = new BufferedImage(w, pixels.length / w, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, w, pixels.length / w, pixels, 0, w);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] deflate(Deflater deflater, byte[] data) {
        deflater.setInput(data);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        int count;
        do {
            count = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            bytes.write(part, 0, count);
        } while (count == part.length);
        return bytes.toByteArray();
    }
}
