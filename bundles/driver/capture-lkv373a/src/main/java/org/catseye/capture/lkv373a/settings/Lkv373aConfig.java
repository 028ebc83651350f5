package org.catseye.capture.lkv373a.settings;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form for one box. The driver reads the values through {@link Settings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: HDMI-over-IP box (LKV373A, LKV373)",
    description = "One box that sends a computer's picture over the network. A single box with its factory settings works without a"
        + " configuration. If you use several boxes, create a configuration for each one: as soon as one exists, Catseye uses only"
        + " configured boxes.")
public @interface Lkv373aConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.capture.lkv373a";

    String LABEL = "HDMI-over-IP box";
    /** The multicast group of a new LKV373A. */
    String GROUP = "239.255.42.42";
    int PORT = 5004;
    int MAX_PORT = 65_535;
    /** Limits of {@link #bitRate()}, in kbit/s, besides 0. */
    int MIN_BIT_RATE = 500;
    int MAX_BIT_RATE = 30_000;

    @AttributeDefinition(name = "Name of the configuration",
        description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {kind} {group}:{port} {sender}";

    @AttributeDefinition(name = "Target", description = "The id of the target whose HDMI output is connected to this box: letters,"
        + " digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The box's name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Kind", description = "The kind of box to receive from. LKV373A (and twins) send H.264 to port 5004, the"
        + " older LKV373 sends JPEGs to port 2068.",
        options = {@Option(value = "auto", label = "any kind that sends"), @Option(value = "lkv373a", label = "LKV373A"),
            @Option(value = "lkv373", label = "LKV373, the older one")})
    String kind() default "auto";

    @AttributeDefinition(name = "Multicast group", description = "LKV373A: the address that it sends to, as set in its web page. Empty: it"
        + " sends to this machine's own address (unicast), which also works with switches and Wi-Fi that handle multicast badly.")
    String group() default GROUP;

    @AttributeDefinition(name = "Port", description = "LKV373A: the UDP port that it sends to, 1 to " + MAX_PORT + ".")
    int port() default PORT;

    @AttributeDefinition(name = "Network interface", description = "The interface that the box is connected to, such as eth0. Empty: all"
        + " interfaces.")
    String interface$() default "";

    @AttributeDefinition(name = "Address of the box", description = "Accepts pictures only from this IP address, such as"
        + " 192.168.1.238; required if several boxes send to the same address. Empty: from the first box that sends.")
    String sender() default "";

    @AttributeDefinition(name = "Set the destination", description = "LKV373A: if no pictures arrive and the box is found on the network,"
        + " Catseye uses the box's web page to make it send to the multicast group, or to this machine's own address. As set: Catseye does"
        + " not change the box.",
        options = {@Option(value = "as-set", label = "as set in the box"), @Option(value = "multicast", label = "send to the group"),
            @Option(value = "unicast", label = "send to this machine")})
    String sendTo() default "as-set";

    @AttributeDefinition(name = "Mode", description = "LKV373A: the mode that Catseye sets when it makes a box send here. In RTP, losses are detected"
        + " immediately, and datagrams that arrive out of order are put in order.",
        options = {@Option(value = "rtp", label = "RTP"), @Option(value = "udp", label = "bare UDP")})
    String mode() default "rtp";

    @AttributeDefinition(name = "Bit rate", description = "LKV373A: kbit/s, " + MIN_BIT_RATE + " to " + MAX_BIT_RATE
        + ", for the action \"Set the bit rate\" of the device's"
        + " check. 0: the check has no such action.", min = "0", max = "" + MAX_BIT_RATE)
    int bitRate() default 0;
}
