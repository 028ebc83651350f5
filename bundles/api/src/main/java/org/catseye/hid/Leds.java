package org.catseye.hid;

/**
 * Keyboard lights, as of the boot keyboard's output report (HID 1.11 appendix B.1).
 *
 * @param known whether the target has set them at all since its last reset; many BIOSes never do
 */
public record Leds(boolean known, boolean numLock, boolean capsLock, boolean scrollLock, boolean compose, boolean kana) {

    /** Before the first output report. */
    public static final Leds UNKNOWN = new Leds(false, false, false, false, false, false);

    /** From the output report's one byte: bit 0 Num, 1 Caps, 2 Scroll, 3 Compose, 4 Kana. */
    public static Leds fromReport(int report) {
        return new Leds(true, (report & 1) != 0, (report & 2) != 0, (report & 4) != 0, (report & 8) != 0, (report & 16) != 0);
    }
}
