package org.catseye.hid.spi;

/**
 * The complete state of an absolute pointer.
 *
 * @param buttons bit mask: bit 0 left, 1 right, 2 middle, 3 back, 4 forward
 * @param x 0 to 32767, from left to right of the whole desktop
 * @param y 0 to 32767, from top to bottom of the whole desktop
 * @param wheel vertical wheel steps, -127 to 127, positive away from the user; applied once
 * @param pan horizontal wheel steps, -127 to 127, positive to the right; applied once
 */
public record PointerReport(int buttons, int x, int y, int wheel, int pan) {

    /** Maximum coordinate. Windows 7 rejects a report descriptor with a larger maximum or a negative minimum. */
    public static final int MAX = 32767;

    public PointerReport {
        if ((buttons & ~0x1f) != 0 || x < 0 || x > MAX || y < 0 || y > MAX || Math.abs(wheel) > 127 || Math.abs(pan) > 127) {
            throw new IllegalArgumentException("pointer report out of range: " + buttons + " " + x + "," + y + " " + wheel + " " + pan);
        }
    }
}
