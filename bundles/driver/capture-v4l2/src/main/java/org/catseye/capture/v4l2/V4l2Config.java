package org.catseye.capture.v4l2;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The form for one stick. The driver reads the values through {@link Settings#of}, which checks them and says what is wrong;
 * a test keeps the defaults here and there the same.
 */
@ObjectClassDefinition(name = "Catseye: HDMI stick (V4L2 capture)",
    description = "One HDMI-to-USB stick or other Linux video device. A single stick works without any of this; make one of these"
        + " for each stick as soon as there are several, and only those made here are used then.")
@interface V4l2Config {

    /** Of the configured instances ({@code ~name} behind it) and of the form. */
    String PID = "org.catseye.capture.v4l2";

    String LABEL = "HDMI stick";
    int FRAMES_PER_SECOND = 30;
    int STALL_MILLIS = 1000;
    int IDLE_SECONDS_OTHERS = 10;

    @AttributeDefinition(name = "Name of the configuration",
        description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {device} {width}x{height}";

    @AttributeDefinition(name = "Target", description = "The computer whose HDMI output goes into this stick, by its id: letters,"
        + " digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The stick's name for people.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Device", description = "Which stick: its USB port path such as 1-1.3 (the log names it when a stick"
        + " is found; serial numbers of these sticks are all the same), its USB ids such as 534d:2109, or a node such as"
        + " /dev/video0. Empty: any stick that no other configuration names.")
    String device() default "";

    @AttributeDefinition(name = "Width", description = "Picture width in pixels; 0 for the best size up to 1920x1080. The stick"
        + " scales what the computer sends.")
    int width() default 0;

    @AttributeDefinition(name = "Height", description = "Picture height in pixels; 0 together with width 0.")
    int height() default 0;

    @AttributeDefinition(name = "Frames per second", description = "At most this many; 0 for as many as the stick can do at this"
        + " size.")
    int framesPerSecond() default FRAMES_PER_SECOND;

    @AttributeDefinition(name = "Brightness", description = "MS2109: -128 to 127, -11 when new. Empty: leave it.")
    String brightness() default "";

    @AttributeDefinition(name = "Contrast", description = "MS2109: 0 to 255, 148 when new. Empty: leave it.")
    String contrast() default "";

    @AttributeDefinition(name = "Saturation", description = "MS2109: 0 to 255, 180 when new. Empty: leave it.")
    String saturation() default "";

    @AttributeDefinition(name = "Hue", description = "MS2109: -128 to 127, 0 when new. Empty: leave it.")
    String hue() default "";

    @AttributeDefinition(name = "Idle after (seconds)", description = "Stops the stick when nobody has watched for so long; 0 at"
        + " once. -1: never for MS21xx sticks, since some computers see a monitor only while the stick streams, and after 10 s"
        + " for others.")
    int idleSeconds() default Settings.AS_NEEDED;

    @AttributeDefinition(name = "Stalled after (milliseconds)", description = "A stream that is silent for so long is opened anew.")
    int stallMillis() default STALL_MILLIS;

    @AttributeDefinition(name = "Drop same frames", description = "Sends a picture that did not change, byte by byte, only once a"
        + " second. Saves network traffic, costs some processor time.")
    boolean dropSameFrames() default false;

    @AttributeDefinition(name = "Detect missing signal", description = "Recognizes the pictures that sticks show without a signal,"
        + " and reads the state of the input from MS2109 sticks where that is permitted.")
    boolean detectSignal() default true;
}
