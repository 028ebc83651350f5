package org.catseye.virtual.paint;

import java.util.Arrays;

/**
 * A picture to paint on: {@code 0x00RRGGBB} pixels, row by row. Plain Java, so that it works (and looks the same) on a Java
 * without its window toolkit. Whatever falls outside the picture or the clip is left out. Not thread-safe.
 */
public final class Canvas {

    private final int width;
    private final int height;
    private final int[] pixels;
    private int left;
    private int top;
    private int right;
    private int bottom;

    public Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
        clearClip();
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels themselves, not a copy: a frame's worth of copying is what this type is here to save. */
    public int[] pixels() {
        return pixels;
    }

    /** Limits painting to a rectangle until {@link #clearClip()}. */
    public void setClip(int x, int y, int w, int h) {
        left = Math.max(0, x);
        top = Math.max(0, y);
        right = Math.min(width, x + w);
        bottom = Math.min(height, y + h);
    }

    public void clearClip() {
        setClip(0, 0, width, height);
    }

    public void fillRectangle(int x, int y, int w, int h, int rgb) {
        int from = Math.max(left, x);
        int to = Math.min(right, x + w);
        for (int row = Math.max(top, y); row < Math.min(bottom, y + h) && from < to; row++) {
            Arrays.fill(pixels, row * width + from, row * width + to, rgb);
        }
    }

    /** A vertical gradient in bands of eight rows, which are cheap to encode and look smooth all the same. */
    public void fillGradient(int x, int y, int w, int h, int from, int to) {
        for (int row = 0; row < h; row += 8) {
            fillRectangle(x, y + row, w, Math.min(8, h - row), mixColors(from, to, 255 * row / Math.max(1, h - 1)));
        }
    }

    /** An outline, one pixel wide. */
    public void drawOutline(int x, int y, int w, int h, int rgb) {
        fillRectangle(x, y, w, 1, rgb);
        fillRectangle(x, y + h - 1, w, 1, rgb);
        fillRectangle(x, y + 1, 1, h - 2, rgb);
        fillRectangle(x + w - 1, y + 1, 1, h - 2, rgb);
    }

    /** A rectangle with smooth round corners. @param alpha 0 (nothing) to 255 */
    public void fillRounded(int x, int y, int w, int h, int radius, int rgb, int alpha) {
        for (int row = 0; row < h; row++) {
            int edge = Math.min(row, h - 1 - row);
            int inset = alpha == 255 ? edge < radius ? radius : 0 : w;
            for (int column = 0; column < Math.min(inset, w); column++) {
                int side = Math.min(column, w - 1 - column);
                blendPixel(x + column, y + row, rgb, alpha * cornerAlpha(side, edge, radius) / 255);
                if (alpha == 255) {
                    blendPixel(x + w - 1 - column, y + row, rgb, cornerAlpha(side, edge, radius));
                }
            }
            if (alpha == 255) {
                fillRectangle(x + inset, y + row, w - 2 * inset, 1, rgb);
            }
        }
    }

    private static int cornerAlpha(int side, int edge, int radius) {
        if (side >= radius || edge >= radius) {
            return 255;
        }
        double distance = vectorLength(radius - 0.5 - side, radius - 0.5 - edge);
        return (int) (255 * Math.max(0, Math.min(1, radius - distance + 0.5)));
    }

    /** Math.hypot guards against overflow that pixels cannot cause, at twenty times the price. */
    private static double vectorLength(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    /** A soft shadow around (not under) a rectangle. */
    public void drawShadow(int x, int y, int w, int h, int size) {
        for (int row = -size; row < h + size; row++) {
            int dy = Math.max(0, Math.max(-row, row - h + 1));
            boolean beside = row >= 0 && row < h;
            for (int column = -size; column < w + size; column++) {
                if (beside && column == 0) {
                    column = w;
                }
                int dx = Math.max(0, Math.max(-column, column - w + 1));
                double far = vectorLength(dx, dy) / size;
                if (far < 1) {
                    blendPixel(x + column, y + row, 0, (int) (90 * (1 - far) * (1 - far)));
                }
            }
        }
    }

    /** A filled ellipse with a smooth edge. */
    public void fillEllipse(int cx, int cy, double rx, double ry, int rgb) {
        for (int row = (int) -ry - 1; row <= ry + 1; row++) {
            for (int column = (int) -rx - 1; column <= rx + 1; column++) {
                double inside = (1 - vectorLength(column / rx, row / ry)) * Math.min(rx, ry);
                blendPixel(cx + column, cy + row, rgb, (int) (255 * Math.max(0, Math.min(1, inside + 0.5))));
            }
        }
    }

    /** Paints {@code rgb} through a mask of 8-bit alpha values. */
    public void drawMask(byte[] alpha, int offset, int w, int h, int x, int y, int rgb) {
        for (int row = Math.max(0, top - y); row < h && y + row < bottom; row++) {
            int at = offset + row * w;
            for (int column = Math.max(0, left - x); column < w && x + column < right; column++) {
                int a = alpha[at + column] & 0xff;
                if (a != 0) {
                    int index = (y + row) * width + x + column;
                    pixels[index] = a == 255 ? rgb : mixColors(pixels[index], rgb, a);
                }
            }
        }
    }

    /** Copies another picture of the same size over this one. */
    public void copyPixels(Canvas from) {
        System.arraycopy(from.pixels, 0, pixels, 0, pixels.length);
    }

    public void blendPixel(int x, int y, int rgb, int alpha) {
        if (alpha > 0 && x >= left && x < right && y >= top && y < bottom) {
            int index = y * width + x;
            pixels[index] = mixColors(pixels[index], rgb, alpha);
        }
    }

    /** Between two colours. @param alpha 0 gives {@code from}, 255 gives {@code to} */
    public static int mixColors(int from, int to, int alpha) {
        int weight = alpha + (alpha >> 7);
        int rb = (from & 0xff00ff) + (((to & 0xff00ff) - (from & 0xff00ff)) * weight >> 8) & 0xff00ff;
        int g = (from & 0x00ff00) + (((to & 0x00ff00) - (from & 0x00ff00)) * weight >> 8) & 0x00ff00;
        return rb | g;
    }
}
