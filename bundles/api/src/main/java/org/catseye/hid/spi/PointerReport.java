package org.catseye.hid.spi;

/**
 * The state of an absolute pointer.
 *
 * @param buttons bits 0 left, 1 right, 2 middle, 3 back, 4 forward
 * @param x 0 to 32767, left to right of the whole desktop
 * @param y 0 to 32767, top to bottom
 * @param wheel -127 to 127, positive away from the user; counts once
 * @param pan -127 to 127, positive to the right; counts once
 */
public record PointerReport(int buttons, int x, int y, int wheel, int pan) {

    /** Largest coordinate. Windows 7 rejects a report descriptor with a larger or negative one. */
    public static final int MAX = 32767;

    public PointerReport {
        if ((buttons & ~0x1f) != 0 || x < 0 || x > MAX || y < 0 || y > MAX || Math.abs(wheel) > 127 || Math.abs(pan) > 127) {
            throw new IllegalArgumentException("pointer report out of range: " + buttons + " " + x + "," + y + " " + wheel + " " + pan);
        }
    }
}
