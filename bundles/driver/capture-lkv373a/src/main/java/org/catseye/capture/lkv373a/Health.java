package org.catseye.capture.lkv373a;

import java.util.Arrays;
import java.util.Optional;
import org.catseye.capture.lkv373a.Sniffer.Kind;
import org.catseye.video.spi.Signal;

/** Knows in words why an LKV373A shows no picture. Words change only when the matter does. One thread. */
final class Health {

    private static final long SECOND = 1_000_000_000L;
    /** A box that sends pictures sends some all the time. */
    private static final long SILENT = SECOND;
    private static final long PATIENCE_AT_START = 2 * SECOND;
    /** So long the picture may stand still before it is said. */
    private static final long STILL = 300_000_000L;
    /** The boxes' groups of pictures take four seconds. */
    private static final long NO_KEY_FRAME = 10 * SECOND;
    private static final long NEVER = Long.MIN_VALUE;

    private final Settings settings;
    private final Sender sender;
    private final TransportStream stream;
    private final SlotWriter writer;
    private final Boxes boxes;
    private final Steering steering;
    private final LockQuery lock;
    private final long opened;
    private final long[] seen = new long[Kind.values().length];
    private long first = NEVER;
    private String v4 = "";
    private long published;
    private long publishedNanos = NEVER;
    private String interfaces = "";
    private String addresses = "";

    Health(Settings settings, Sender sender, TransportStream stream, SlotWriter writer, Boxes boxes, Steering steering, LockQuery lock, long nanos) {
        this.settings = settings;
        this.sender = sender;
        this.stream = stream;
        this.writer = writer;
        this.boxes = boxes;
        this.steering = steering;
        this.lock = lock;
        this.opened = nanos;
        Arrays.fill(seen, NEVER);
    }

    /** Where is listened, for words. */
    void where(String interfaceNames, String ownAddresses) {
        interfaces = interfaceNames;
        addresses = ownAddresses;
    }

    /** A datagram of the sender. */
    void seen(Kind kind, long nanos) {
        seen[kind.ordinal()] = nanos;
        first = first == NEVER ? nanos : first;
        if (kind == Kind.V4) {
            v4 = sender.words();
        }
    }

    /** A V4 box sends to where V4 boxes do. */
    void seenV4(String from, long nanos) {
        seen[Kind.V4.ordinal()] = nanos;
        v4 = from;
    }

    Optional<Long> lastSeen() {
        long last = Arrays.stream(seen).max().orElse(NEVER);
        return last == NEVER ? Optional.empty() : Optional.of(last);
    }

    /** What comes just now, of the kinds that come the most telling one; empty if nothing does. */
    Optional<Kind> arriving(long nanos) {
        for (Kind kind : new Kind[] {Kind.RTP, Kind.TS, Kind.V4, Kind.EMPTY, Kind.OTHER}) {
            if (recent(kind, nanos)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whose datagrams these are, for words. */
    String source() {
        return sender.address() == null ? v4 : sender.words();
    }

    /** Whether nothing came for so long, not even at the beginning. */
    boolean silentFor(long least, long nanos) {
        return nanos - lastSeen().orElse(opened) > least;
    }

    /** Whether a stream comes and no picture in it. */
    boolean withoutPicture(long nanos) {
        return (recent(Kind.TS, nanos) || recent(Kind.RTP, nanos) || recent(Kind.EMPTY, nanos))
            && nanos - Math.max(opened, publishedNanos) > PATIENCE_AT_START;
    }

    Optional<Say> say(long nanos) {
        if (writer.published() != published) {
            published = writer.published();
            publishedNanos = nanos;
        }
        if (recent(Kind.TS, nanos) || recent(Kind.RTP, nanos)) {
            return streaming(nanos);
        }
        if (recent(Kind.V4, nanos)) {
            return say(Signal.NO_SIGNAL, v4 + " is an LKV373A V4 box: its stream is encrypted and not supported. An LKV373A V2 or V3 works.");
        }
        if (recent(Kind.EMPTY, nanos)) {
            return say(Signal.NO_SIGNAL, sender.words() + " is there, but sends empty datagrams only: it gets no picture. Check the HDMI cable"
                + " and whether the computer is on.");
        }
        if (recent(Kind.OTHER, nanos)) {
            return say(Signal.NO_SIGNAL, "What " + sender.words() + " sends to port " + settings.port() + " is no MPEG transport stream: it is not"
                + " from an LKV373A, or the port is wrong.");
        }
        return silent(nanos);
    }

    private Optional<Say> silent(long nanos) {
        if (lastSeen().isPresent()) {
            return say(Signal.NO_DEVICE, sender.words() + " stopped sending. It restarts, or lost its power or network; the picture comes back"
                + " by itself.");
        }
        if (nanos - opened < PATIENCE_AT_START) {
            return say(Signal.CONNECTING, "Listening for an HDMI-over-IP box.");
        }
        Optional<String> there = boxes.words(nanos);
        if (there.isPresent()) {
            return say(Signal.NO_DEVICE, "A box is on the network, " + there.get() + ", but no picture of it comes to " + settings.group()
                .map(group -> group.getHostAddress() + ":").orElse("port ") + settings.port() + ". "
                + (steering.outcome().isEmpty() ? "Set it to send there in its web page, or let Catseye do it (sendTo in the configuration)." : steering.outcome()));
        }
        String box = settings.sender().map(only -> "the box " + only.getHostAddress()).orElse("an HDMI-over-IP box");
        return say(Signal.NO_DEVICE, settings.group().map(group -> "Nothing comes from " + box + " to " + group.getHostAddress() + ":" + settings.port()
            + " on " + interfaces + ". Check that it has power and is on this network; if it is, the switch may hold multicast back: set the"
            + " box to unicast to " + addresses + ".")
            .orElse("Nothing comes from " + box + " to port " + settings.port() + ". Check that it has power and is set to unicast to " + addresses + ".")
            + (steering.outcome().isEmpty() ? "" : " " + steering.outcome()));
    }

    /** Transport stream packets come. */
    private Optional<Say> streaming(long nanos) {
        boolean flows = publishedNanos != NEVER && nanos - publishedNanos < SILENT;
        Optional<Long> waiting = writer.waitingSince();
        if (flows && (waiting.isEmpty() || nanos - waiting.get() < STILL)) {
            return Optional.empty();
        }
        BoxStatus status = stream.status(nanos);
        if (!lock.locked(nanos).orElse(status == null || status.locked())) {
            return say(Signal.NO_SIGNAL, sender.words() + " gets no picture. Check the HDMI cable and whether the computer is on.");
        }
        if (stream.otherVideo() != 0) {
            return say(Signal.NO_SIGNAL, sender.words() + (stream.otherVideo() == ProgramMap.H265
                ? " sends H.265, which is not supported: set it to H.264." : " sends video that is not H.264, which is not supported."));
        }
        if (stream.scrambled()) {
            return say(Signal.NO_SIGNAL, "The stream of " + sender.words() + " is scrambled and cannot be shown.");
        }
        if (writer.units() == 0 && nanos - first < PATIENCE_AT_START) {
            return say(Signal.CONNECTING, "A stream comes from " + sender.words() + "; looking for pictures in it.");
        }
        if (waiting.isEmpty() || writer.units() == 0) {
            return say(Signal.NO_SIGNAL, sender.words() + " is there, but its stream carries no pictures." + copyProtection(status));
        }
        return nanos - waiting.get() > NO_KEY_FRAME ? noKeyFrame(nanos, status) : stale();
    }

    private Optional<Say> stale() {
        return say(Signal.STALE, published == 0 ? "Pictures come from " + sender.words() + "; the first whole one is here within four seconds."
            : "Datagrams were lost in the network: the picture stands still until the next whole one, four seconds at most.");
    }

    private Optional<Say> noKeyFrame(long nanos, BoxStatus status) {
        return say(Signal.CONNECTING, "Pictures come from " + sender.words() + ", but no whole one for ten seconds. "
            + sender.other(nanos).map(other -> other + " sends to the same address: give each box its own, or name one as the sender.")
                .orElse("The network loses too many datagrams: use a cable instead of Wi-Fi, or a lower bit rate.") + copyProtection(status));
    }

    private static String copyProtection(BoxStatus status) {
        return status != null && status.hdcp() ? " The computer protects its picture against copying (HDCP)." : "";
    }

    private boolean recent(Kind kind, long nanos) {
        long last = seen[kind.ordinal()];
        return last != NEVER && nanos - last < SILENT;
    }

    private static Optional<Say> say(Signal signal, String words) {
        return Optional.of(new Say(signal, words));
    }
}
