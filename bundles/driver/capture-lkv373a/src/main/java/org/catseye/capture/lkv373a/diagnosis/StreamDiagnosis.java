package org.catseye.capture.lkv373a.diagnosis;

import java.util.Optional;
import org.catseye.capture.lkv373a.mpegts.UnsupportedVideo;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.video.spi.Signal;

/** Finds the reason why an LKV373A shows no picture. A pure function of a snapshot; the text changes only with the cause. */
public final class StreamDiagnosis {

    /** For messages about boxes whose input may have no signal. */
    static final String CHECK_INPUT = "Check the HDMI cable and whether the computer is on.";

    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Without a frame for this long the picture is not live. */
    private static final long LIVE_TIMEOUT = SECOND_NANOS;
    private static final long START_TIMEOUT = 2 * SECOND_NANOS;
    /** A shorter standstill is not reported. */
    private static final long MIN_STANDSTILL = 300_000_000L;
    /** The boxes send a key frame every four seconds. */
    private static final long KEY_FRAME_TIMEOUT = 10 * SECOND_NANOS;

    private final StreamSnapshot snapshot;
    private final Settings settings;
    private final String sender;

    private StreamDiagnosis(StreamSnapshot snapshot) {
        this.snapshot = snapshot;
        this.settings = snapshot.reception().settings();
        this.sender = snapshot.arrivals().sender();
    }

    /** @return empty if the picture is live */
    public static Optional<SignalReport> diagnose(StreamSnapshot snapshot) {
        StreamDiagnosis diagnosis = new StreamDiagnosis(snapshot);
        if (snapshot.arrivals().hasStream()) {
            return diagnosis.isLive() ? Optional.empty() : Optional.of(diagnosis.diagnoseStream());
        }
        boolean receiving = snapshot.arrivals().currentKind().isPresent();
        return Optional.of(receiving ? diagnosis.diagnoseOtherDatagrams() : diagnosis.diagnoseSilence());
    }

    /** Whether the stream needs no report: frames arrive, and a standstill is still short. */
    private boolean isLive() {
        StreamSnapshot.Video video = snapshot.video();
        boolean flowing = video.sinceLastFrame().isPresent() && video.sinceLastFrame().getAsLong() < LIVE_TIMEOUT;
        return flowing && (video.awaitingKeyFrameFor().isEmpty() || video.awaitingKeyFrameFor().getAsLong() < MIN_STANDSTILL);
    }

    private SignalReport diagnoseStream() {
        StreamSnapshot.Video video = snapshot.video();
        if (!snapshot.box().signalPresent().orElse(true)) {
            return new SignalReport(Signal.NO_SIGNAL, sender + " gets no picture.", CHECK_INPUT);
        }
        if (video.unsupported() != UnsupportedVideo.NONE) {
            String kind = video.unsupported() == UnsupportedVideo.H265 ? "H.265" : "video other than H.264";
            return new SignalReport(Signal.NO_SIGNAL, sender + " sends " + kind + ", which is not supported.", "Set it to H.264.");
        }
        if (video.scrambled()) {
            return new SignalReport(Signal.NO_SIGNAL, "The stream from " + sender + " is encrypted and cannot be shown.",
                "Use a box that does not encrypt its stream.");
        }
        if (!video.begun() && snapshot.arrivals().sinceFirst().orElse(0) < START_TIMEOUT) {
            return new SignalReport(Signal.CONNECTING, "A stream comes from " + sender + "; looking for pictures in it.");
        }
        if (video.awaitingKeyFrameFor().isEmpty() || !video.begun()) {
            return new SignalReport(Signal.NO_SIGNAL, sender + " is there, but its stream contains no pictures.", copyProtectionNote());
        }
        return video.awaitingKeyFrameFor().getAsLong() > KEY_FRAME_TIMEOUT ? missingKeyFrame() : standstill();
    }

    private SignalReport standstill() {
        return new SignalReport(Signal.STALE, snapshot.video().sinceLastFrame().isEmpty()
            ? "Pictures come from " + sender + "; the first complete one follows within four seconds."
            : "Datagrams were lost in the network: the picture stands still until the next complete one, at most four seconds.");
    }

    private SignalReport missingKeyFrame() {
        String remedy = snapshot.arrivals().rival()
            .map(rival -> rival + " sends to the same address: set each box to its own address, or select one of them as the sender.")
            .orElse("The network loses too many datagrams: use a cable instead of Wi-Fi, or a lower bit rate.");
        return new SignalReport(Signal.CONNECTING, "Pictures come from " + sender + ", but none was complete for ten seconds.",
            (remedy + " " + copyProtectionNote()).strip());
    }

    private String copyProtectionNote() {
        return snapshot.box().isCopyProtected() ? "The computer protects its picture against copying (HDCP)." : "";
    }

    private SignalReport diagnoseOtherDatagrams() {
        return switch (snapshot.arrivals().currentKind().orElseThrow()) {
            case V4 -> new SignalReport(Signal.NO_SIGNAL, sender + " is an LKV373A V4 box: its stream is encrypted and not supported.",
                "Use an LKV373A V2 or V3.");
            case EMPTY -> new SignalReport(Signal.NO_SIGNAL, sender + " is there, but sends only empty datagrams: it gets no picture.",
                CHECK_INPUT);
            default -> new SignalReport(Signal.NO_SIGNAL,
                sender + " sends data to port " + settings.port() + " that is no MPEG transport stream.",
                "Check the port: the sender is not an LKV373A, or the port is wrong.");
        };
    }

    private SignalReport diagnoseSilence() {
        if (snapshot.arrivals().sinceLast().isPresent()) {
            return new SignalReport(Signal.NO_DEVICE, sender + " stopped sending.",
                "It is restarting, or lost its power or network; the picture returns automatically.");
        }
        if (snapshot.reception().openFor() < START_TIMEOUT) {
            return new SignalReport(Signal.CONNECTING, "Listening for an HDMI-over-IP box.");
        }
        return snapshot.box().boxesOnNetwork().map(this::boxSendsElsewhere).orElseGet(this::noBox);
    }

    private SignalReport boxSendsElsewhere(String boxes) {
        String destination = settings.group().map(group -> group.getHostAddress() + ":").orElse("port ") + settings.port();
        return new SignalReport(Signal.NO_DEVICE,
            "A box is on the network, " + boxes + ", but none of its pictures arrive at " + destination + ".",
            snapshot.box().redirection().orElse("Set it to send there in its web page, or let Catseye do so (sendTo in the configuration)."));
    }

    private SignalReport noBox() {
        StreamSnapshot.Reception reception = snapshot.reception();
        String box = settings.sender().map(only -> "the box " + only.getHostAddress()).orElse("an HDMI-over-IP box");
        String description = "Nothing comes from " + box + " to " + settings.group()
            .map(group -> group.getHostAddress() + ":" + settings.port() + " on " + reception.interfaces()).orElse("port " + settings.port()) + ".";
        String remedy = settings.group().isPresent()
            ? "Check that it has power and is on this network. If it is, the switch may block multicast: set the box to unicast to "
                + reception.addresses() + "."
            : "Check that it has power and is set to unicast to " + reception.addresses() + ".";
        return new SignalReport(Signal.NO_DEVICE, description, remedy + snapshot.box().redirection().map(outcome -> " " + outcome).orElse(""));
    }
}
