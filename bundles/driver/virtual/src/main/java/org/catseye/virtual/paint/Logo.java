package org.catseye.virtual.paint;

/** The cat's eye, drawn from ellipses. */
public final class Logo {

    private Logo() {
    }

    /** @param size half the eye's width, in pixels */
    public static void paint(Canvas canvas, int cx, int cy, int size) {
        canvas.fillEllipse(cx, cy, size, size * 0.62, 0x24543a);
        canvas.fillEllipse(cx, cy, size * 0.94, size * 0.56, 0x5fbf73);
        canvas.fillEllipse(cx, cy, size * 0.60, size * 0.54, 0xb8e986);
        canvas.fillEllipse(cx, cy, size * 0.15, size * 0.52, 0x0b0e14);
        canvas.fillEllipse(cx - size / 4, cy - size / 4, size * 0.10, size * 0.10, 0xffffff);
    }
}
