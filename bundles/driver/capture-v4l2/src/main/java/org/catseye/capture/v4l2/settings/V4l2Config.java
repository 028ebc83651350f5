package org.catseye.capture.v4l2.settings;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The form for one stick. The driver reads the values through {@link Settings#parseSettings}, which also checks them. A test compares
 * its defaults with those here.
 */
@ObjectClassDefinition(name = "Catseye: HDMI stick (V4L2 capture)",
    description = "One HDMI-to-USB stick or other Linux video device. A single stick works without a configuration. If you use several"
        + " sticks, create a configuration for each one: as soon as one exists, Catseye uses only configured sticks.")
public @interface V4l2Config {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.capture.v4l2";

    String LABEL = "HDMI stick";
    int FRAMES_PER_SECOND = 30;
    int STALL_MILLIS = 1000;
    int IDLE_SECONDS_OTHERS = 10;
    /** The keys of {@link #width()}, {@link #height()}, {@link #framesPerSecond()}, {@link #edid()} and {@link #dropSameFrames()}. */
    String WIDTH = "width";
    String HEIGHT = "height";
    String RATE = "framesPerSecond";
    String EDID = "edid";
    String DROP_SAME_FRAMES = "dropSameFrames";

    @AttributeDefinition(name = "Name of the configuration",
        description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {device} {width}x{height}";

    @AttributeDefinition(name = "Target", description = "The id of the target whose HDMI output is connected to this stick: letters,"
        + " digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The stick's name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Device", description = "Selects the stick: by its USB port path such as 1-1.3 (the log shows it when a"
        + " stick is opened; the serial numbers of these sticks are all the same), by its USB ids such as 534d:2109, or by a node such as"
        + " /dev/video0. Empty: any stick that no other configuration selects.")
    String device() default "";

    @AttributeDefinition(name = "Width", description = "Picture width in pixels; 0 for the best size up to 1920x1080. The stick"
        + " scales the computer's picture to this size.")
    int width() default 0;

    @AttributeDefinition(name = "Height", description = "Picture height in pixels; 0 if the width is 0.")
    int height() default 0;

    @AttributeDefinition(name = "Frames per second", description = "The maximum; 0 for the highest rate that the stick supports at this"
        + " size.")
    int framesPerSecond() default FRAMES_PER_SECOND;

    @AttributeDefinition(name = "Brightness", description = "MS2109: -128 to 127, -11 when new. Empty: unchanged.")
    String brightness() default "";

    @AttributeDefinition(name = "Contrast", description = "MS2109: 0 to 255, 148 when new. Empty: unchanged.")
    String contrast() default "";

    @AttributeDefinition(name = "Saturation", description = "MS2109: 0 to 255, 180 when new. Empty: unchanged.")
    String saturation() default "";

    @AttributeDefinition(name = "Hue", description = "MS2109: -128 to 127, 0 when new. Empty: unchanged.")
    String hue() default "";

    @AttributeDefinition(name = "EDID", description = "HDMI bridges only: the monitor that the computer detects. A preset, such as"
        + " 1280x720p60 or 1920x1080p50, or the hexadecimal digits of an EDID of 128 to 512 bytes. Empty: unchanged, or 1280x720p60 for a"
        + " bridge that has none.")
    String edid() default "";

    @AttributeDefinition(name = "Idle after (seconds)", description = "Stops the stick after this time without viewers; 0 stops it"
        + " immediately. -1: never for MS21xx sticks, because some computers detect a monitor only while the stick streams, and after 10 s"
        + " for other sticks.")
    int idleSeconds() default Settings.IDLE_BY_CHIP;

    @AttributeDefinition(name = "Stalled after (milliseconds)", description = "Reopens the stick if it delivers no picture for this time.")
    int stallMillis() default STALL_MILLIS;

    @AttributeDefinition(name = "Drop same frames", description = "Sends a picture that is identical to the previous one only once a"
        + " second. This saves network traffic but costs some processor time.")
    boolean dropSameFrames() default false;

    @AttributeDefinition(name = "Detect missing signal", description = "Detects the pictures that sticks show without a signal,"
        + " and reads the state of the input from MS2109 sticks if the permissions allow it.")
    boolean detectSignal() default true;
}
