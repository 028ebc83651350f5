package org.catseye.capture.lkv373a.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.capture.lkv373a.datagram.DatagramKind;
import org.catseye.capture.lkv373a.mpegts.BoxStatus;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.targets.SelfCheck.Item;

/** The check of an LKV373A's receiver: a pure function of a snapshot. The items are in the order in which a user would fix them. */
public final class ReceiverInspection {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final StreamSnapshot snapshot;

    private ReceiverInspection(StreamSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    public static List<Item> inspect(StreamSnapshot snapshot) {
        ReceiverInspection inspection = new ReceiverInspection(snapshot);
        List<Item> items = new ArrayList<>();
        items.add(inspection.checkNetwork());
        items.add(inspection.checkPort());
        items.add(inspection.checkBoxes());
        items.add(inspection.checkDatagrams());
        snapshot.arrivals().rival().ifPresent(rival -> items.add(Item.failed("Other senders", rival + " sends to the same address.",
            "Set each box to its own group or port, or select one of them as the sender in the settings.")));
        if (snapshot.arrivals().currentKind().isPresent()) {
            items.add(inspection.checkInput());
        }
        items.add(StreamDiagnosis.diagnose(snapshot).map(report -> report.toCheckItem("Picture"))
            .orElseGet(() -> Item.passed("Picture", snapshot.video().description())));
        return items;
    }

    private Item checkNetwork() {
        StreamSnapshot.Reception reception = snapshot.reception();
        if (reception.interfaces().isEmpty()) {
            return Item.failed("Network", "No network interface has an IPv4 address.", "Connect this machine to the box's network.");
        }
        String mode = reception.settings().group().map(group -> "Joined " + group.getHostAddress() + " on ").orElse("Unicast only, on ");
        return Item.passed("Network", mode + reception.interfaces() + "; this machine is " + reception.addresses() + ".");
    }

    private Item checkPort() {
        int bufferBytes = snapshot.reception().receiveBufferBytes();
        int port = snapshot.reception().settings().port();
        String description = "Listens on UDP port " + port + " with a receive buffer of " + bufferBytes / 1024 + " KiB.";
        return snapshot.arrivals().lostDatagrams() > 0 && bufferBytes < UdpPorts.MIN_SAFE_BUFFER_BYTES
            ? Item.failed("UDP port", description + " Datagrams were lost, and that buffer is small.",
                "sysctl -w net.core.rmem_max=" + UdpPorts.RECEIVE_BUFFER_BYTES)
            : Item.passed("UDP port", description);
    }

    private Item checkBoxes() {
        Optional<String> boxes = snapshot.box().boxesOnNetwork();
        if (boxes.isPresent()) {
            return Item.passed("Boxes on the network", boxes.get() + ".");
        }
        return snapshot.arrivals().currentKind().isPresent()
            ? Item.passed("Boxes on the network", "No box advertised itself, but one sends.")
            : Item.failed("Boxes on the network", "No box advertised itself or answered.",
                "Check that the box has power and is on this network.");
    }

    private Item checkDatagrams() {
        StreamSnapshot.Arrivals arrivals = snapshot.arrivals();
        if (arrivals.currentKind().isEmpty()) {
            String description = arrivals.sinceLast().isEmpty() ? "None arrived yet."
                : "None arrived for " + arrivals.sinceLast().getAsLong() / SECOND_NANOS + " s.";
            return Item.failed("Datagrams", description,
                "Set the box to send to this machine: by the action below, or in its web page.");
        }
        String from = "From " + arrivals.sender();
        DatagramKind kind = arrivals.currentKind().get();
        return switch (kind) {
            case RTP -> Item.passed("Datagrams", from + " in RTP; " + arrivals.lostDatagrams() + " were lost so far.");
            case TRANSPORT_STREAM -> Item.passed("Datagrams", from + " in bare UDP.");
            case EMPTY -> Item.failed("Datagrams", from + ", all of them empty.", StreamDiagnosis.CHECK_INPUT);
            case V4 -> Item.failed("Datagrams", from + ", an LKV373A V4: its stream is encrypted.", "Use an LKV373A V2 or V3.");
            case OTHER -> Item.failed("Datagrams", from + ", but no transport stream.", "Check the port: another program or device sends to it.");
        };
    }

    private Item checkInput() {
        Optional<Boolean> signalPresent = snapshot.box().signalPresent();
        if (signalPresent.isEmpty()) {
            return Item.passed("HDMI input", "The box does not report the state of its input.");
        }
        String picture = snapshot.box().status().map(ReceiverInspection::describeInput).orElse("a picture");
        return signalPresent.get() ? Item.passed("HDMI input", "The box gets " + picture + ".")
            : Item.failed("HDMI input", "The box gets no picture.", StreamDiagnosis.CHECK_INPUT);
    }

    private static String describeInput(BoxStatus status) {
        return status.width() + "x" + status.height() + (status.copyProtected() ? ", protected against copying (HDCP)" : "");
    }
}
