package org.catseye.targets;

/**
 * Where the captured picture lies on the whole desktop of the remote computer, as fractions of it. An absolute pointer spans the whole
 * desktop: of two screens side by side the left one is {@code (0, 0, 0.5, 1)}.
 */
public record PointerArea(double left, double top, double width, double height) {

    /** The picture shows the whole desktop. */
    public static final PointerArea WHOLE = new PointerArea(0, 0, 1, 1);

    /** Sums of decimal fractions may be a little more than 1. */
    private static final double ROUNDING = 1e-6;

    /** @throws IllegalArgumentException if it is empty or not inside the desktop */
    public PointerArea {
        if (!(left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 1 + ROUNDING && top + height <= 1 + ROUNDING)) {
            throw new IllegalArgumentException("not a part of the desktop: " + left + "," + top + "," + width + "," + height);
        }
    }

    /** @param x 0 to 1 of the picture; what is beyond counts as its edge @return 0 to 1 of the desktop */
    public double toDesktopX(double x) {
        return Math.min(1, left + clamp(x) * width);
    }

    /** @param y 0 to 1 of the picture @return 0 to 1 of the desktop */
    public double toDesktopY(double y) {
        return Math.min(1, top + clamp(y) * height);
    }

    private static double clamp(double fraction) {
        return Math.max(0, Math.min(1, fraction));
    }
}
