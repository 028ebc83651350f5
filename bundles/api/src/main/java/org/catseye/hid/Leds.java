package org.catseye.hid;

/**
 * Keyboard lights, as in the output report of a boot keyboard (HID 1.11, appendix B.1).
 *
 * @param known whether the target has set the lights since its last reset; many BIOSes never do
 * @param numLock whether Num Lock is lit
 * @param capsLock whether Caps Lock is lit
 * @param scrollLock whether Scroll Lock is lit
 * @param compose whether Compose is lit
 * @param kana whether Kana is lit
 */
public record Leds(boolean known, boolean numLock, boolean capsLock, boolean scrollLock, boolean compose, boolean kana) {

    /** The value before the first output report. */
    public static final Leds UNKNOWN = new Leds(false, false, false, false, false, false);

    /** Reads the single byte of an output report: bit 0 Num Lock, 1 Caps Lock, 2 Scroll Lock, 3 Compose, 4 Kana. */
    public static Leds fromReport(int report) {
        return new Leds(true, (report & 1) != 0, (report & 2) != 0, (report & 4) != 0, (report & 8) != 0, (report & 16) != 0);
    }
}
