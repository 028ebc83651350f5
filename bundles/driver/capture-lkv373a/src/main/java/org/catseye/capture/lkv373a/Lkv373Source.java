package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An old LKV373: JPEGs in chunks to 226.2.2.2:2068, as long as somebody answers its heartbeats on port 48689 once a second
 * (golkv373, kripton/LKV373, bp2008/HdmiExtender). One thread.
 */
final class Lkv373Source implements Source {

    static final int VIDEO_PORT = 2068;
    static final int CONTROL_PORT = 48_689;
    private static final byte[] GROUP = {(byte) 226, 2, 2, 2};
    private static final long SECOND = 1_000_000_000L;
    private static final long SILENT = 3 * SECOND;
    /** Heartbeats for so long and no video: it is sent, but the kernel throws it away. */
    private static final long BLOCKED = 5 * SECOND;
    private static final Logger LOG = LoggerFactory.getLogger(Lkv373Source.class);

    private final Settings settings;
    private final Sender sender;
    private final Sender control;
    private final Chunks chunks;
    private final ByteBuffer keepalive = Heartbeat.keepalive();
    private DatagramChannel answers;
    private Heartbeat beat;
    private long firstBeat;
    private long lastBeat;
    private long lastAnswer;
    private Long lastVideo;

    Lkv373Source(Settings settings, CaptureContext context, long nanos) {
        this.settings = settings;
        this.sender = new Sender(settings.sender());
        this.control = new Sender(settings.sender());
        this.chunks = new Chunks(context);
        this.lastAnswer = nanos - SECOND;
    }

    @Override
    public void open(Net net) throws IOException {
        try {
            net.listen(VIDEO_PORT, Optional.of((Inet4Address) InetAddress.getByAddress(GROUP)), this::take);
            answers = net.open(CONTROL_PORT, this::takeControl);
        } catch (IOException e) {
            if (!settings.lkv373a()) {
                throw e;
            }
            LOG.debug("an old LKV373 will not be recognised: {}", e.getMessage());
        }
    }

    /** One datagram of the video port. */
    void take(int port, InetSocketAddress from, ByteBuffer datagram, long nanos) {
        if (sender.takes(port, from, nanos)) {
            lastVideo = nanos;
            chunks.datagram(datagram, nanos);
        }
    }

    /** One datagram of the control port. */
    void takeControl(int port, InetSocketAddress from, ByteBuffer datagram, long nanos) throws IOException {
        Optional<Heartbeat> found = Heartbeat.parse(datagram);
        if (found.isEmpty() || !control.takes(port, from, nanos)) {
            return;
        }
        if (beat == null || nanos - lastBeat > SILENT) {
            firstBeat = nanos;
        }
        beat = found.get();
        lastBeat = nanos;
        if (answers != null && nanos - lastAnswer > SECOND / 2) {
            lastAnswer = nanos;
            answers.send(keepalive.rewind(), from);
        }
    }

    @Override
    public void tick(long nanos) {
        // Nothing is due: heartbeats come once a second and are answered as they come.
    }

    @Override
    public Optional<Long> lastSeen() {
        if (beat == null) {
            return Optional.ofNullable(lastVideo);
        }
        return Optional.of(lastVideo == null ? lastBeat : Math.max(lastVideo, lastBeat));
    }

    @Override
    public long published() {
        return chunks.published();
    }

    @Override
    public Optional<Say> say(long nanos) {
        boolean video = lastVideo != null && nanos - lastVideo < SECOND;
        if (video) {
            return Optional.empty();
        }
        if (beat == null || nanos - lastBeat > SILENT) {
            return Optional.of(lastSeen().isEmpty()
                ? new Say(Signal.NO_DEVICE, "No LKV373 is heard. Check that it has power, and that this machine has an address in 192.168.168.0/24.")
                : new Say(Signal.NO_DEVICE, "The LKV373 stopped sending. It restarts, or lost its power or network; the picture comes back by itself."));
        }
        if (!beat.signal()) {
            return Optional.of(new Say(Signal.NO_SIGNAL, "The LKV373 gets no picture. Check the HDMI cable and whether the computer is on."));
        }
        if (nanos - firstBeat > BLOCKED) {
            return Optional.of(new Say(Signal.NO_SIGNAL, "The LKV373 says that it sends a picture of " + beat.width() + "x" + beat.height()
                + ", but none arrives: its firmware writes datagrams with a wrong length, which this machine's network throws away, or the"
                + " switch holds multicast back. Try another firmware or a direct cable."));
        }
        return Optional.of(new Say(Signal.CONNECTING, "An LKV373 is there; waiting for its first picture."));
    }

    @Override
    public List<Item> items(long nanos) {
        String from = sender.address() == null ? control.words() : sender.words();
        return List.of(Inspection.picture("LKV373", say(nanos), "JPEGs come from " + from + "."));
    }

    /** Its web page has no such settings. */
    @Override
    public Optional<Inet4Address> box(long nanos) {
        return Optional.empty();
    }

    @Override
    public void close() {
        chunks.close();
    }
}
