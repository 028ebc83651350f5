package org.catseye.power.atx;

import org.osgi.service.component.annotations.ComponentPropertyType;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of a front panel; factory PID {@value #PID}, one configuration per computer. */
@ComponentPropertyType
@ObjectClassDefinition(name = "Catseye: ATX power control", description = "Power and reset buttons and LEDs of a computer, on GPIO lines "
        + "of this board. The wiring is in docs/power.md.")
@interface AtxConfig {

    /** The factory PID. */
    String PID = "org.catseye.power.atx";

    String DEFAULT_CHIP = "/dev/gpiochip0";

    /** A line that is not connected. */
    int NONE = -1;
    int MAX_LINE = 1023;

    /** Limits and defaults of the lengths of presses. */
    int MIN_PRESS_MILLIS = 50;
    int MAX_PRESS_MILLIS = 2_000;
    int DEFAULT_PRESS_MILLIS = 300;
    int MIN_HOLD_MILLIS = 4_000;
    int MAX_HOLD_MILLIS = 12_000;
    int DEFAULT_HOLD_MILLIS = 6_000;

    @AttributeDefinition(name = "Target", description = "Id of the target whose computer this is.")
    String kvm_target() default "default";

    @AttributeDefinition(name = "Label", description = "Name of the power control in messages.")
    String kvm_label() default "Front panel";

    @AttributeDefinition(name = "GPIO controller", description = "Path of the device, such as /dev/gpiochip0. On a Raspberry Pi 5 with a kernel "
            + "before 6.6.45 it is /dev/gpiochip4.")
    String chip() default DEFAULT_CHIP;

    @AttributeDefinition(name = "Power button", min = "-1", max = "" + MAX_LINE, description = "Number of the line that presses the power button "
            + "(GPIO number on a Raspberry Pi); -1 for none.")
    int powerButton() default NONE;

    @AttributeDefinition(name = "Reset button", min = "-1", max = "" + MAX_LINE, description = "Number of the line that presses the reset button; "
            + "-1 for none.")
    int resetButton() default NONE;

    @AttributeDefinition(name = "Power LED", min = "-1", max = "" + MAX_LINE, description = "Number of the line that sees the power LED; -1 for none.")
    int powerLed() default NONE;

    @AttributeDefinition(name = "Disk LED", min = "-1", max = "" + MAX_LINE, description = "Number of the line that sees the disk LED; -1 for none.")
    int diskLed() default NONE;

    @AttributeDefinition(name = "Buttons active low", description = "On if a low level presses a button, as with most relay boards. Off for an "
            + "opto-coupler whose LED is between the line and ground.")
    boolean buttonsActiveLow() default false;

    @AttributeDefinition(name = "LEDs active low", description = "On if a low level means that the LED is lit, as with an opto-coupler that pulls "
            + "the line to ground.")
    boolean ledsActiveLow() default true;

    @AttributeDefinition(name = "Length of a press", min = "" + MIN_PRESS_MILLIS, max = "" + MAX_PRESS_MILLIS, description = "Milliseconds, "
            + MIN_PRESS_MILLIS + " to " + MAX_PRESS_MILLIS + ".")
    int pressMillis() default DEFAULT_PRESS_MILLIS;

    @AttributeDefinition(name = "Length of holding", min = "" + MIN_HOLD_MILLIS, max = "" + MAX_HOLD_MILLIS, description = "Milliseconds that the "
            + "power button is held to force the computer off, " + MIN_HOLD_MILLIS + " to " + MAX_HOLD_MILLIS + ".")
    int holdMillis() default DEFAULT_HOLD_MILLIS;
}
