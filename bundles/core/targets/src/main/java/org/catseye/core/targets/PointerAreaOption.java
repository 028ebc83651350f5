package org.catseye.core.targets;

import java.util.Arrays;
import org.catseye.config.BadValueException;
import org.catseye.targets.PointerArea;

/** Reads the option {@value #KEY}. */
final class PointerAreaOption {

    static final String KEY = "pointerArea";
    private static final double PERCENT = 100;
    private static final int NUMBERS = 4;

    private PointerAreaOption() {
    }

    /**
     * @param pid of the configuration, for the message
     * @param value null and an empty text are the whole desktop
     */
    static PointerArea parse(Object pid, Object value) throws BadValueException {
        if (value == null || value.toString().isBlank()) {
            return PointerArea.WHOLE;
        }
        try {
            double[] numbers = Arrays.stream(value.toString().split(",", -1)).mapToDouble(number -> Double.parseDouble(number.strip()) / PERCENT).toArray();
            if (numbers.length == NUMBERS) {
                return new PointerArea(numbers[0], numbers[1], numbers[2], numbers[3]);
            }
        } catch (IllegalArgumentException e) {
            // No numbers, or no part of the desktop: the message below says what is right.
        }
        throw new BadValueException(String.valueOf(pid), KEY, value,
            "four percentages of the desktop, left, top, width and height, such as 50,0,50,100 for the right one of two screens");
    }
}
