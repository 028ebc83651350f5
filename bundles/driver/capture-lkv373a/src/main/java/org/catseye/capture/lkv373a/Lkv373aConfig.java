package org.catseye.capture.lkv373a;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Factory configuration of a receiver; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: HDMI-over-IP box (LKV373A, LKV373)",
    description = "One box that sends a computer's picture over the network. A single box with its settings as they came works without"
        + " any of this; make one of these for each box as soon as there are several, and only those made here are used then.")
@interface Lkv373aConfig {

    /** Of the configured instances ({@code ~name} behind it) and of the form. */
    String PID = "org.catseye.capture.lkv373a";

    String LABEL = "HDMI-over-IP box";
    /** Where a new LKV373A sends to. */
    String GROUP = "239.255.42.42";
    int PORT = 5004;

    @AttributeDefinition(name = "Name of the configuration",
        description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {kind} {group}:{port} {sender}";

    @AttributeDefinition(name = "Target", description = "The computer whose HDMI output goes into this box, by its id: letters,"
        + " digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The box's name for people.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Kind", description = "Which boxes to listen for. LKV373A (and twins) send H.264 to port 5004, the"
        + " older LKV373 sends JPEGs to port 2068.",
        options = {@Option(value = "auto", label = "whichever sends"), @Option(value = "lkv373a", label = "LKV373A"),
            @Option(value = "lkv373", label = "LKV373, the older one")})
    String kind() default "auto";

    @AttributeDefinition(name = "Multicast group", description = "LKV373A: the address it sends to, as in its web page. Empty: it"
        + " sends to this machine's own address (unicast), which also gets through switches and Wi-Fi that handle multicast badly.")
    String group() default GROUP;

    @AttributeDefinition(name = "Port", description = "LKV373A: the UDP port it sends to, 1 to 65535.")
    int port() default PORT;

    @AttributeDefinition(name = "Network interface", description = "Where the box is connected, such as eth0. Empty: all interfaces.")
    String interface$() default "";

    @AttributeDefinition(name = "Address of the box", description = "Takes pictures from this IP address only, such as"
        + " 192.168.1.238; needed if several boxes send to the same address. Empty: from the first that sends.")
    String sender() default "";

    @AttributeDefinition(name = "Tell the box", description = "LKV373A: through its web page, while nothing comes from it and it is found"
        + " on the network: to send in RTP to the multicast group, or to this machine's own address. As set: it is left alone.",
        options = {@Option(value = "as-set", label = "as set in the box"), @Option(value = "multicast", label = "send to the group"),
            @Option(value = "unicast", label = "send to this machine")})
    String sendTo() default "as-set";

    @AttributeDefinition(name = "Mode", description = "LKV373A: what a box that is told to send here is to use. In RTP a loss is seen at once, and"
        + " datagrams that came in disorder are put in order.",
        options = {@Option(value = "rtp", label = "RTP"), @Option(value = "udp", label = "bare UDP")})
    String mode() default "rtp";

    @AttributeDefinition(name = "Bit rate", description = "LKV373A: kbit/s, 500 to 30000; a person sets it in the box by an action of the device's check. 0:"
        + " the box is left as it is.", min = "0", max = "30000")
    int bitRate() default 0;
}
