package org.catseye.hid.spi;

import java.util.List;

/**
 * The state of a keyboard.
 *
 * @param modifiers bit n for usage 0xE0+n: left control, shift, alt, GUI, then right
 * @param keys usages of the Keyboard page that are down, modifiers excepted, in the order they went down; any number
 */
public record KeyboardReport(int modifiers, List<Integer> keys) {

    /** All keys up. */
    public static final KeyboardReport UP = new KeyboardReport(0, List.of());

    /** Usage ErrorRollOver: what fills the six places when more than six keys are down (HID 1.11 appendix C). */
    public static final int ERROR_ROLL_OVER = 1;

    public KeyboardReport {
        keys = List.copyOf(keys);
        if ((modifiers & ~0xff) != 0) {
            throw new IllegalArgumentException("modifiers " + modifiers + " are outside 8 bits");
        }
    }

    /** The eight bytes of the boot keyboard (HID 1.11 appendix B.1): modifiers, 0, six usages; ErrorRollOver beyond six. */
    public byte[] toBootReport() {
        byte[] report = new byte[8];
        report[0] = (byte) modifiers;
        for (int i = 0; i < 6; i++) {
            int usage = keys.size() > 6 ? ERROR_ROLL_OVER : i < keys.size() ? keys.get(i) : 0;
            report[2 + i] = (byte) usage;
        }
        return report;
    }
}
