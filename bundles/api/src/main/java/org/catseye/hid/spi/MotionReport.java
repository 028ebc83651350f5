package org.catseye.hid.spi;

/**
 * One step of a relative pointer.
 *
 * @param buttons bit mask: bit 0 left, 1 right, 2 middle, 3 back, 4 forward
 * @param dx horizontal movement, -127 to 127, positive to the right
 * @param dy vertical movement, -127 to 127, positive downwards
 * @param wheel vertical wheel steps, -127 to 127, positive away from the user
 * @param pan horizontal wheel steps, -127 to 127, positive to the right
 */
public record MotionReport(int buttons, int dx, int dy, int wheel, int pan) {

    public MotionReport {
        if ((buttons & ~0x1f) != 0 || Math.abs(dx) > 127 || Math.abs(dy) > 127 || Math.abs(wheel) > 127 || Math.abs(pan) > 127) {
            throw new IllegalArgumentException("motion report out of range: " + buttons + " " + dx + "," + dy + " " + wheel + " " + pan);
        }
    }
}
