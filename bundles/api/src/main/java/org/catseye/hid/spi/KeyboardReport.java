package org.catseye.hid.spi;

import java.util.List;

/**
 * The complete state of a keyboard.
 *
 * @param modifiers bit mask with bit n for usage 0xE0+n: left control, shift, alt, GUI, then the same on the right
 * @param keys the pressed usages of the Keyboard page except modifiers, in the order in which they were pressed; any number
 */
public record KeyboardReport(int modifiers, List<Integer> keys) {

    /** No key is pressed. */
    public static final KeyboardReport UP = new KeyboardReport(0, List.of());

    /** Usage ErrorRollOver, which fills all six key positions when more than six keys are pressed (HID 1.11, appendix C). */
    public static final int ERROR_ROLL_OVER = 1;

    public KeyboardReport {
        keys = List.copyOf(keys);
        if ((modifiers & ~0xff) != 0) {
            throw new IllegalArgumentException("modifiers " + modifiers + " are outside 8 bits");
        }
    }

    /**
     * The 8-byte report of a boot keyboard (HID 1.11, appendix B.1): modifiers, 0, six usages. More than six keys give
     * ErrorRollOver in all six positions.
     */
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
