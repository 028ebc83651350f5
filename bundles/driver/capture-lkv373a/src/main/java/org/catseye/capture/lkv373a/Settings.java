package org.catseye.capture.lkv373a;

import java.net.Inet4Address;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.device.Options;

/**
 * What a configuration says, checked.
 *
 * @param kind which boxes to listen for
 * @param group the multicast group of an LKV373A; empty: unicast only
 * @param port UDP port of an LKV373A
 * @param networkInterface name of the interface to listen on; empty: all
 * @param sender only this box; empty: the first that sends
 * @param sendTo what to tell the box
 * @param rtp whether a box that is told to send here is to use RTP, and not bare UDP
 * @param bitRate in kbit/s, for a box that is told so; 0: as it is set
 */
record Settings(Kind kind, Optional<Inet4Address> group, int port, String networkInterface, Optional<Inet4Address> sender, SendTo sendTo,
        boolean rtp, int bitRate) {

    private static final int LEAST_RATE = 500;
    private static final int MOST_RATE = 30_000;

    /** Which boxes. */
    enum Kind { AUTO, LKV373A, LKV373 }

    /** What a box is told through its web page. */
    enum SendTo { AS_SET, MULTICAST, UNICAST }

    /** @throws BadValueException naming configuration, key and value, and what would be right */
    static Settings of(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(Lkv373aConfig.PID, properties);
        options.target();
        String kind = options.matching("kind", "auto", "(?i)auto|lkv373a|lkv373", "auto, lkv373a or lkv373");
        String right = "a multicast address, 224.0.0.0 to 239.255.255.255, or empty for unicast only";
        Optional<Inet4Address> group = options.address("group", Lkv373aConfig.GROUP, right);
        if (group.isPresent() && !group.get().isMulticastAddress()) {
            throw options.bad("group", group.get().getHostAddress(), right);
        }
        SendTo sendTo = SendTo.valueOf(options.matching("sendTo", "as-set", "(?i)as-set|multicast|unicast", "as-set, multicast or unicast")
            .toUpperCase(Locale.ROOT).replace('-', '_'));
        if (sendTo == SendTo.MULTICAST && group.isEmpty()) {
            throw options.bad("sendTo", "multicast", "as-set or unicast, as long as no multicast group is named");
        }
        return new Settings(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), group,
            options.number("port", Lkv373aConfig.PORT, 1, 65_535),
            options.matching("interface", "", "\\S{0,15}", "the name of a network interface, such as eth0, or empty for all"),
            options.address("sender", "", "the box's IP address, such as 192.168.1.238, or empty for the first that sends"), sendTo,
            !options.matching("mode", "rtp", "(?i)rtp|udp", "rtp or udp").equalsIgnoreCase("udp"), bitRate(options));
    }

    private static int bitRate(Options options) throws BadValueException {
        int rate = options.number("bitRate", 0, 0, MOST_RATE);
        if (rate > 0 && rate < LEAST_RATE) {
            throw options.bad("bitRate", Integer.toString(rate), "0, or " + LEAST_RATE + " to " + MOST_RATE);
        }
        return rate;
    }

    boolean lkv373a() {
        return kind != Kind.LKV373;
    }

    boolean lkv373() {
        return kind != Kind.LKV373A;
    }
}
