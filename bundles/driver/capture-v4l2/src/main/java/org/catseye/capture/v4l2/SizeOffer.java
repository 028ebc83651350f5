package org.catseye.capture.v4l2;

/** Picture sizes that a device offers: one size, or a range with steps. All figures are pixels. */
record SizeOffer(int minWidth, int maxWidth, int stepWidth, int minHeight, int maxHeight, int stepHeight) {

    static SizeOffer exactly(int width, int height) {
        return new SizeOffer(width, width, 1, height, height, 1);
    }

    boolean has(int width, int height) {
        return within(width, minWidth, maxWidth, stepWidth) && within(height, minHeight, maxHeight, stepHeight);
    }

    /** Such as {@code 1280x720} or {@code 320x180 to 3840x2160}. */
    String words() {
        String smallest = minWidth + "x" + minHeight;
        return minWidth == maxWidth && minHeight == maxHeight ? smallest : smallest + " to " + maxWidth + "x" + maxHeight;
    }

    private static boolean within(int value, int min, int max, int step) {
        return value >= min && value <= max && (value - min) % Math.max(1, step) == 0;
    }
}
