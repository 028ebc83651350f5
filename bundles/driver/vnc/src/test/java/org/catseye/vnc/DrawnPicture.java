package org.catseye.vnc;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.catseye.testkit.FakeCaptureContext.Published;
import org.catseye.video.Codec;

/** The picture of a viewer that draws drawings as docs/protocol.md describes them. */
public final class DrawnPicture {

    private static final int TILE = 64;

    private int width;
    private int height;
    private int[] pixels = {};
    private int copies;

    public DrawnPicture() {
    }

    public DrawnPicture(int width, int[] pixels) {
        this.width = width;
        this.height = pixels.length / width;
        this.pixels = pixels.clone();
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public int[] pixels() {
        return pixels;
    }

    public int copies() {
        return copies;
    }

    public void show(Published frame) throws IOException {
        if (frame.format().codec() == Codec.DRAWING) {
            if (frame.key() || frame.format().width() != width || frame.format().height() != height) {
                throw new AssertionError("a drawing of another size, or a key frame");
            }
            draw(ByteBuffer.wrap(frame.data()));
            return;
        }
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(frame.data()));
        width = image.getWidth();
        height = image.getHeight();
        pixels = image.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xffffff;
        }
    }

    public void draw(ByteBuffer steps) {
        while (steps.hasRemaining()) {
            int kind = steps.get();
            int fromX = kind == 1 ? steps.getShort() : 0;
            int fromY = kind == 1 ? steps.getShort() : 0;
            int x = steps.getShort();
            int y = steps.getShort();
            int w = steps.getShort();
            int h = steps.getShort();
            switch (kind) {
                case 1 -> copy(fromX, fromY, x, y, w, h);
                case 2 -> fill(readColour(steps), x, y, w, h);
                case 3 -> drawTiles(steps, x, y, w, h);
                default -> throw new AssertionError("step " + kind);
            }
        }
    }

    private void copy(int fromX, int fromY, int x, int y, int w, int h) {
        int[] before = pixels.clone();
        for (int row = 0; row < h; row++) {
            System.arraycopy(before, (fromY + row) * width + fromX, pixels, (y + row) * width + x, w);
        }
        copies++;
    }

    private void fill(int colour, int x, int y, int w, int h) {
        for (int i = 0; i < w * h; i++) {
            pixels[(y + i / w) * width + x + i % w] = colour;
        }
    }

    private void drawTiles(ByteBuffer steps, int x, int y, int w, int h) {
        for (int top = y; top < y + h; top += TILE) {
            for (int left = x; left < x + w; left += TILE) {
                drawTile(steps, left, top, Math.min(TILE, x + w - left), Math.min(TILE, y + h - top));
            }
        }
    }

    private void drawTile(ByteBuffer steps, int x, int y, int w, int h) {
        int count = steps.get() & 0xff;
        int[] colours = new int[count];
        for (int i = 0; i < count; i++) {
            colours[i] = readColour(steps);
        }
        int bits = count <= 1 ? 0 : count == 2 ? 1 : count <= 4 ? 2 : count <= 16 ? 4 : 8;
        for (int row = 0; row < h; row++) {
            long line = 0;
            int have = 0;
            for (int column = 0; column < w; column++) {
                if (have < bits) {
                    line = steps.get() & 0xff;
                    have = 8;
                }
                have -= bits;
                int colour = count == 0 ? readColour(steps) : colours[(int) (line >> have) & (1 << bits) - 1];
                pixels[(y + row) * width + x + column] = colour;
            }
        }
    }

    private static int readColour(ByteBuffer steps) {
        return (steps.get() & 0xff) << 16 | (steps.get() & 0xff) << 8 | steps.get() & 0xff;
    }
}
