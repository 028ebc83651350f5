package org.catseye.capture.lkv373a;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.capture.lkv373a.Sniffer.Kind;
import org.catseye.targets.SelfCheck.Item;

/** What an LKV373A's receiver finds when somebody looks, in the order in which one would mend it. On the receiver's thread. */
final class Inspection {

    private static final int SAFE_BUFFER = 2 * 1024 * 1024;
    private static final String PICTURE = "Picture";

    private final Settings settings;
    private final Net net;
    private final Sender sender;
    private final TransportStream stream;
    private final Boxes boxes;
    private final Health health;
    private final LockQuery lock;

    Inspection(Settings settings, Net net, Sender sender, TransportStream stream, Boxes boxes, Health health, LockQuery lock) {
        this.settings = settings;
        this.net = net;
        this.sender = sender;
        this.stream = stream;
        this.boxes = boxes;
        this.health = health;
        this.lock = lock;
    }

    /** @param lost datagrams so far */
    List<Item> items(long lost, long nanos) {
        List<Item> items = new ArrayList<>();
        items.add(network());
        items.add(port(lost));
        items.add(boxes(nanos));
        items.add(datagrams(lost, nanos));
        sender.other(nanos).ifPresent(other -> items.add(Item.failed("Other senders", other + " sends to the same address.",
            "Give each box its own group or port, or name the wanted one as the sender in the settings.")));
        if (health.arriving(nanos).isPresent()) {
            items.add(input(nanos));
        }
        items.add(picture(PICTURE, health.say(nanos), stream.words()));
        return items;
    }

    /** What the words to people say: their first sentence is what is so, the others are what to do. */
    static Item picture(String name, Optional<Say> say, String otherwise) {
        if (say.isEmpty()) {
            return Item.passed(name, otherwise);
        }
        String words = say.get().words();
        int end = words.indexOf(". ") + 1;
        return end == 0 ? Item.failed(name, words, "Mend what stands above first; otherwise wait a moment.")
            : Item.failed(name, words.substring(0, end), words.substring(end + 1));
    }

    private Item network() {
        String interfaces = net.interfaceNames();
        if (interfaces.isEmpty()) {
            return Item.failed("Network", "No network interface has an IPv4 address.", "Connect this machine to the box's network.");
        }
        return Item.passed("Network", settings.group().map(group -> "Joined " + group.getHostAddress() + " on " + interfaces)
            .orElse("Unicast only, on " + interfaces) + "; this machine is " + net.addresses() + ".");
    }

    private Item port(long lost) {
        int kibibytes = net.receiveBuffer() / 1024;
        String words = "Listens on UDP port " + settings.port() + " with a receive buffer of " + kibibytes + " KiB.";
        return lost > 0 && net.receiveBuffer() < SAFE_BUFFER
            ? Item.failed("UDP port", words + " Datagrams were lost, and that buffer is small.", "sysctl -w net.core.rmem_max=" + Net.RECEIVE_BUFFER)
            : Item.passed("UDP port", words);
    }

    private Item boxes(long nanos) {
        Optional<String> there = boxes.words(nanos);
        return there.isPresent() || health.arriving(nanos).isPresent()
            ? Item.passed("Boxes on the network", there.orElse("None told of itself; one sends.") + (there.isPresent() ? "." : ""))
            : Item.failed("Boxes on the network", "None told of itself or answered.", "Check that the box has power and is on this network.");
    }

    private Item datagrams(long lost, long nanos) {
        Kind kind = health.arriving(nanos).orElse(null);
        if (kind == null) {
            return Item.failed("Datagrams", health.lastSeen().map(last -> "None, since " + (nanos - last) / 1_000_000_000L + " s.").orElse("None came yet."),
                "Let the box send to this machine by the action below, or set it so in its web page.");
        }
        String from = "From " + health.source();
        return switch (kind) {
            case RTP -> Item.passed("Datagrams", from + " in RTP; " + lost + " were lost so far.");
            case TS -> Item.passed("Datagrams", from + " in bare UDP.");
            case EMPTY -> Item.failed("Datagrams", from + ", all of them empty.", "Check the HDMI cable and whether the computer is on.");
            case V4 -> Item.failed("Datagrams", from + ", an LKV373A V4: its stream is encrypted.", "Use an LKV373A V2 or V3.");
            case OTHER -> Item.failed("Datagrams", from + ", but no transport stream.", "Check the port: something else sends there.");
        };
    }

    private Item input(long nanos) {
        Optional<Boolean> asked = lock.locked(nanos);
        BoxStatus status = stream.status(nanos);
        if (asked.isEmpty() && status == null) {
            return Item.passed("HDMI input", "The box does not say what it gets.");
        }
        String size = status == null ? "a picture" : status.width() + "x" + status.height() + (status.hdcp() ? ", protected against copying (HDCP)" : "");
        return asked.orElse(status != null && status.locked()) ? Item.passed("HDMI input", "The box gets " + size + ".")
            : Item.failed("HDMI input", "The box gets no picture.", "Check the HDMI cable and whether the computer is on.");
    }

    /** The box that is meant, if that is known. */
    Optional<Inet4Address> box(long nanos) {
        return settings.sender().or(() -> health.arriving(nanos).isPresent() ? Optional.ofNullable(sender.address()).map(from -> (Inet4Address) from.getAddress())
            : boxes.single(nanos));
    }
}
