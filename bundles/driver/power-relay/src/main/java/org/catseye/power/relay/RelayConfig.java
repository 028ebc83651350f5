package org.catseye.power.relay;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form for one relay. The driver reads the values through {@link RelaySettings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: USB relay board", description = "A relay of a USB board that switches a computer's supply or presses one of its"
    + " buttons. The boards and their wiring are in docs/power.md.")
public @interface RelayConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.power.relay";

    String LABEL = "USB relay";
    String DEFAULT_BOARD = "hid";
    String DEFAULT_USE = "switch";
    int MIN_CHANNEL = 1;
    int MAX_CHANNEL = 8;

    /** Limits and defaults of the lengths of presses. */
    int MIN_PRESS_MILLIS = 50;
    int MAX_PRESS_MILLIS = 2_000;
    int DEFAULT_PRESS_MILLIS = 200;
    int MIN_HOLD_MILLIS = 4_000;
    int MAX_HOLD_MILLIS = 12_000;
    int DEFAULT_HOLD_MILLIS = 5_000;

    @AttributeDefinition(name = "Name of the configuration", description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {use} {channel}";

    @AttributeDefinition(name = "Target", description = "The id of the target whose computer this is: letters, digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The relay's name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Board", description = "The kind of board: hid for those that call themselves USBRelay1 to USBRelay8, lcus for those with a"
        + " CH340 serial port (LCUS-1 to LCUS-8).",
        options = {@Option(value = "hid", label = "HID relay (USBRelay1 to USBRelay8)"), @Option(value = "lcus", label = "LCUS (CH340 serial port)")})
    String board() default DEFAULT_BOARD;

    @AttributeDefinition(name = "Device", description = "The board's node: /dev/hidrawN for hid; /dev/ttyUSBN, /dev/ttyACMN or /dev/serial/by-id/NAME for"
        + " lcus. Empty for the only board of its kind.")
    String device() default "";

    @AttributeDefinition(name = "Serial number", description = "Only for hid: the five characters that the board has as its serial number, if there are"
        + " several boards.")
    String serial() default "";

    @AttributeDefinition(name = "Relay", min = "" + MIN_CHANNEL, max = "" + MAX_CHANNEL, description = "The number of the relay on the board, 1 to 8.")
    int channel() default MIN_CHANNEL;

    @AttributeDefinition(name = "Use", description = "switch: the relay switches mains or a supply. power-button, reset-button: the relay is across the"
        + " pins of that button.",
        options = {@Option(value = "switch", label = "switch a supply"), @Option(value = "power-button", label = "press the power button"),
            @Option(value = "reset-button", label = "press the reset button")})
    String use() default DEFAULT_USE;

    @AttributeDefinition(name = "Closed means on", description = "Only for switch: on if the computer has current while the relay is closed (contacts COM"
        + " and NO). Off for COM and NC, so that the computer keeps its current if the board is unplugged.")
    boolean closedMeansOn() default true;

    @AttributeDefinition(name = "Length of a press", min = "" + MIN_PRESS_MILLIS, max = "" + MAX_PRESS_MILLIS, description = "Milliseconds, "
        + MIN_PRESS_MILLIS + " to " + MAX_PRESS_MILLIS + ".")
    int pressMillis() default DEFAULT_PRESS_MILLIS;

    @AttributeDefinition(name = "Length of holding", min = "" + MIN_HOLD_MILLIS, max = "" + MAX_HOLD_MILLIS, description = "Milliseconds that the power"
        + " button is held to force the computer off, " + MIN_HOLD_MILLIS + " to " + MAX_HOLD_MILLIS + ".")
    int holdMillis() default DEFAULT_HOLD_MILLIS;
}
