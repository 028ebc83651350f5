package org.catseye.targets;

/**
 * The part of the remote computer's desktop that the captured picture shows, as fractions of the whole desktop. An absolute
 * pointer covers the whole desktop. For example, the left one of two screens side by side is {@code (0, 0, 0.5, 1)}.
 *
 * @param left left edge, from 0 to 1
 * @param top top edge, from 0 to 1
 * @param width width, above 0
 * @param height height, above 0
 */
public record PointerArea(double left, double top, double width, double height) {

    /** The picture shows the whole desktop. */
    public static final PointerArea WHOLE = new PointerArea(0, 0, 1, 1);

    /** Tolerance, because sums of decimal fractions can slightly exceed 1. */
    private static final double ROUNDING = 1e-6;

    /** @throws IllegalArgumentException if the area is empty or extends beyond the desktop */
    public PointerArea {
        if (!(left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 1 + ROUNDING && top + height <= 1 + ROUNDING)) {
            throw new IllegalArgumentException("not a part of the desktop: " + left + "," + top + "," + width + "," + height);
        }
    }

    /**
     * Converts a horizontal position from the picture to the desktop.
     *
     * @param x position in the picture, 0 to 1; values outside the picture are clamped to its edge
     * @return position on the desktop, 0 to 1
     */
    public double toDesktopX(double x) {
        return Math.min(1, left + clamp(x) * width);
    }

    /**
     * Converts a vertical position from the picture to the desktop.
     *
     * @param y position in the picture, 0 to 1; values outside the picture are clamped to its edge
     * @return position on the desktop, 0 to 1
     */
    public double toDesktopY(double y) {
        return Math.min(1, top + clamp(y) * height);
    }

    private static double clamp(double fraction) {
        return Math.max(0, Math.min(1, fraction));
    }
}
