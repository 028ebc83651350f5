package org.catseye.capture.v4l2.kernel;

/** Picture sizes that a device offers: a single size, or a range with steps. All values are pixels. */
public record SizeOffer(int minWidth, int maxWidth, int stepWidth, int minHeight, int maxHeight, int stepHeight) {

    public static SizeOffer ofSingleSize(int width, int height) {
        return new SizeOffer(width, width, 1, height, height, 1);
    }

    public boolean includesSize(int width, int height) {
        return isInRange(width, minWidth, maxWidth, stepWidth) && isInRange(height, minHeight, maxHeight, stepHeight);
    }

    /** Whether it is one size instead of a range. */
    public boolean isSingleSize() {
        return minWidth == maxWidth && minHeight == maxHeight;
    }

    /** Such as {@code 1280x720} or {@code 320x180 to 3840x2160}. */
    public String description() {
        String smallest = minWidth + "x" + minHeight;
        return isSingleSize() ? smallest : smallest + " to " + maxWidth + "x" + maxHeight;
    }

    private static boolean isInRange(int value, int min, int max, int step) {
        return value >= min && value <= max && (value - min) % Math.max(1, step) == 0;
    }
}
