package org.catseye.capture.lkv373a.settings;

import java.net.Inet4Address;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * A checked configuration.
 *
 * @param kind the kinds of boxes to receive from
 * @param group the multicast group of an LKV373A; empty for unicast only
 * @param port UDP port of an LKV373A
 * @param networkInterface name of the interface to receive on; empty for all
 * @param sender the only box to receive from; empty for the first one that sends
 * @param sendTo the destination to set in the box
 * @param rtp whether a box that is set to send here uses RTP instead of bare UDP
 * @param bitRate in kbit/s, for the action that sets it; 0 if there is no such action
 */
public record Settings(Kind kind, Optional<Inet4Address> group, int port, String networkInterface, Optional<Inet4Address> sender,
        SendTo sendTo, boolean rtp, int bitRate) {

    private static final String ALLOWED_GROUPS = "a multicast address, 224.0.0.0 to 239.255.255.255, or empty for unicast only";

    /** The kinds of boxes. */
    public enum Kind { AUTO, LKV373A, LKV373 }

    /** The destination that Catseye sets in a box through its web page. */
    public enum SendTo { AS_SET, MULTICAST, UNICAST }

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    public static Settings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(Lkv373aConfig.PID, properties);
        options.readTargetId();
        String kind = options.readMatchingText("kind", "auto", "(?i)auto|lkv373a|lkv373", "auto, lkv373a or lkv373");
        Optional<Inet4Address> group = parseGroup(options);
        return new Settings(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), group,
            options.readNumber("port", Lkv373aConfig.PORT, 1, Lkv373aConfig.MAX_PORT),
            options.readMatchingText("interface", "", "\\S{0,15}", "the name of a network interface, such as eth0, or empty for all"),
            options.findAddress("sender", "", "the box's IP address, such as 192.168.1.238, or empty for the first that sends"),
            parseSendTo(options, group),
            !options.readMatchingText("mode", "rtp", "(?i)rtp|udp", "rtp or udp").equalsIgnoreCase("udp"), parseBitRate(options));
    }

    private static Optional<Inet4Address> parseGroup(Options options) throws BadValueException {
        Optional<Inet4Address> group = options.findAddress("group", Lkv373aConfig.GROUP, ALLOWED_GROUPS);
        if (group.isPresent() && !group.get().isMulticastAddress()) {
            throw options.badValue("group", group.get().getHostAddress(), ALLOWED_GROUPS);
        }
        return group;
    }

    private static SendTo parseSendTo(Options options, Optional<Inet4Address> group) throws BadValueException {
        SendTo sendTo = SendTo.valueOf(options.readMatchingText("sendTo", "as-set", "(?i)as-set|multicast|unicast",
                "as-set, multicast or unicast")
            .toUpperCase(Locale.ROOT).replace('-', '_'));
        if (sendTo == SendTo.MULTICAST && group.isEmpty()) {
            throw options.badValue("sendTo", "multicast", "as-set or unicast, because there is no multicast group");
        }
        return sendTo;
    }

    private static int parseBitRate(Options options) throws BadValueException {
        int rate = options.readNumber("bitRate", 0, 0, Lkv373aConfig.MAX_BIT_RATE);
        if (rate > 0 && rate < Lkv373aConfig.MIN_BIT_RATE) {
            throw options.badValue("bitRate", Integer.toString(rate),
                "0, or " + Lkv373aConfig.MIN_BIT_RATE + " to " + Lkv373aConfig.MAX_BIT_RATE);
        }
        return rate;
    }

    /** Whether to receive from an LKV373A. */
    public boolean includesLkv373a() {
        return kind != Kind.LKV373;
    }

    /** Whether to receive from an older LKV373. */
    public boolean includesLkv373() {
        return kind != Kind.LKV373A;
    }
}
