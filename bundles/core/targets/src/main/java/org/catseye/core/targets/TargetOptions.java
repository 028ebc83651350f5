package org.catseye.core.targets;

import java.util.Arrays;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.targets.PointerArea;
import org.catseye.targets.Target;

/** Reads the configuration of a target. */
final class TargetOptions {

    private static final String ID = "id";
    private static final String POINTER_AREA = "pointerArea";
    private static final double PERCENT = 100;
    private static final int AREA_NUMBERS = 4;

    private final Options options;

    TargetOptions(Map<String, ?> properties) {
        options = new Options(TargetConfig.PID, properties);
    }

    /** Blanks around it are not removed, because devices name the target exactly. */
    String readId() throws BadValueException {
        String id = options.readExactText(ID, Target.DEFAULT);
        if (!id.matches(Target.ID_PATTERN)) {
            throw options.badValue(ID, id, "1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit");
        }
        return id;
    }

    /** The id if there is no label. */
    String readLabel() {
        String label = options.readText("label", "");
        return label.isEmpty() ? options.readExactText(ID, Target.DEFAULT) : label;
    }

    /** The whole desktop if the field is empty. */
    PointerArea readPointerArea() throws BadValueException {
        String value = options.readText(POINTER_AREA, "");
        if (value.isEmpty()) {
            return PointerArea.WHOLE;
        }
        try {
            double[] numbers = Arrays.stream(value.split(",", -1)).mapToDouble(number -> Double.parseDouble(number.strip()) / PERCENT).toArray();
            if (numbers.length == AREA_NUMBERS) {
                return new PointerArea(numbers[0], numbers[1], numbers[2], numbers[3]);
            }
        } catch (IllegalArgumentException e) {
            // No numbers, or no part of the desktop: the message below describes the allowed values.
        }
        throw options.badValue(POINTER_AREA, value,
            "four percentages of the desktop, left, top, width and height, such as 50,0,50,100 for the right one of two screens");
    }
}
