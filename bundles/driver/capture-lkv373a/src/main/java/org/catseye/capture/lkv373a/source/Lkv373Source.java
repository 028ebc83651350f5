package org.catseye.capture.lkv373a.source;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.catseye.capture.lkv373a.datagram.SenderFilter;
import org.catseye.capture.lkv373a.diagnosis.SignalReport;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives from an older LKV373: JPEGs in chunks to 226.2.2.2:2068. The box sends them as long as its heartbeats on port 48689 are
 * answered once a second (sources: golkv373, kripton/LKV373, bp2008/HdmiExtender).
 */
public final class Lkv373Source implements VideoSource {

    static final int VIDEO_PORT = 2068;
    static final int CONTROL_PORT = 48_689;
    private static final byte[] GROUP = {(byte) 226, 2, 2, 2};
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long KEEPALIVE_INTERVAL_NANOS = SECOND_NANOS / 2;
    private static final long VIDEO_TIMEOUT_NANOS = SECOND_NANOS;
    private static final long HEARTBEAT_TIMEOUT_NANOS = 3 * SECOND_NANOS;
    /** Heartbeats for this long without video mean that the box sends the video, but the kernel discards it. */
    private static final long BLOCKED_VIDEO_NANOS = 5 * SECOND_NANOS;
    private static final Logger LOG = LoggerFactory.getLogger(Lkv373Source.class);

    private final Settings settings;
    private final SenderFilter videoSender;
    private final SenderFilter controlSender;
    private final JpegAssembler assembler;
    private final ByteBuffer keepalive = Heartbeat.createKeepalive();
    private DatagramChannel controlChannel;
    private Heartbeat lastHeartbeat;
    private long firstHeartbeatNanos;
    private long lastHeartbeatNanos;
    private long lastKeepaliveNanos;
    private Long lastVideoNanos;

    /** @param nanos the current time */
    public Lkv373Source(Settings settings, CaptureContext context, long nanos) {
        this.settings = settings;
        this.videoSender = new SenderFilter(settings.sender());
        this.controlSender = new SenderFilter(settings.sender());
        this.assembler = new JpegAssembler(context);
        this.lastKeepaliveNanos = nanos - SECOND_NANOS;
    }

    @Override
    public void openPorts(UdpPorts ports) throws IOException {
        try {
            ports.listenOn(VIDEO_PORT, Optional.of((Inet4Address) InetAddress.getByAddress(GROUP)), this::acceptVideo);
            controlChannel = ports.openPort(CONTROL_PORT, this::acceptControl);
        } catch (IOException e) {
            if (!settings.includesLkv373a()) {
                throw e;
            }
            LOG.debug("Cannot receive from an older LKV373: {}", e.getMessage());
        }
    }

    /** Takes one datagram of the video port. */
    private void acceptVideo(int channel, InetSocketAddress from, ByteBuffer datagram, long nanos) {
        if (videoSender.acceptsDatagram(channel, from, nanos)) {
            lastVideoNanos = nanos;
            assembler.acceptChunk(datagram, nanos);
        }
    }

    /** Takes one datagram of the control port, and answers a heartbeat. */
    void acceptControl(int channel, InetSocketAddress from, ByteBuffer datagram, long nanos) throws IOException {
        Optional<Heartbeat> heartbeat = Heartbeat.parseDatagram(datagram);
        if (heartbeat.isEmpty() || !controlSender.acceptsDatagram(channel, from, nanos)) {
            return;
        }
        if (!hasRecentHeartbeat(nanos)) {
            firstHeartbeatNanos = nanos;
        }
        lastHeartbeat = heartbeat.get();
        lastHeartbeatNanos = nanos;
        if (controlChannel != null && nanos - lastKeepaliveNanos > KEEPALIVE_INTERVAL_NANOS) {
            lastKeepaliveNanos = nanos;
            controlChannel.send(keepalive.rewind(), from);
        }
    }

    private boolean hasRecentHeartbeat(long nanos) {
        return lastHeartbeat != null && nanos - lastHeartbeatNanos <= HEARTBEAT_TIMEOUT_NANOS;
    }

    @Override
    public void runPeriodicTasks(long nanos) {
        // Nothing is due: heartbeats arrive once a second and are answered immediately.
    }

    @Override
    public OptionalLong lastArrival() {
        if (lastHeartbeat == null) {
            return lastVideoNanos == null ? OptionalLong.empty() : OptionalLong.of(lastVideoNanos);
        }
        return OptionalLong.of(lastVideoNanos == null ? lastHeartbeatNanos : Math.max(lastVideoNanos, lastHeartbeatNanos));
    }

    @Override
    public long publishedFrames() {
        return assembler.publishedFrames();
    }

    @Override
    public Optional<SignalReport> diagnoseSignal(long nanos) {
        if (lastVideoNanos != null && nanos - lastVideoNanos < VIDEO_TIMEOUT_NANOS) {
            return Optional.empty();
        }
        if (!hasRecentHeartbeat(nanos)) {
            return Optional.of(lastArrival().isEmpty()
                ? new SignalReport(Signal.NO_DEVICE, "No LKV373 was found.",
                    "Check that it has power, and that this machine has an address in 192.168.168.0/24.")
                : new SignalReport(Signal.NO_DEVICE, "The LKV373 stopped sending.",
                    "It is restarting, or lost its power or network; the picture returns automatically."));
        }
        if (!lastHeartbeat.signalPresent()) {
            return Optional.of(new SignalReport(Signal.NO_SIGNAL, "The LKV373 gets no picture.",
                "Check the HDMI cable and whether the computer is on."));
        }
        if (nanos - firstHeartbeatNanos > BLOCKED_VIDEO_NANOS) {
            return Optional.of(new SignalReport(Signal.NO_SIGNAL, "The LKV373 reports that it sends a picture of " + lastHeartbeat.width() + "x"
                + lastHeartbeat.height() + ", but none arrives: its firmware sends datagrams with a wrong length, which this machine's network"
                + " discards, or the switch blocks multicast.", "Try another firmware or a direct cable."));
        }
        return Optional.of(new SignalReport(Signal.CONNECTING, "An LKV373 was found; waiting for its first picture."));
    }

    @Override
    public List<Item> inspectReception(long nanos) {
        String from = videoSender.senderAddress().isEmpty() ? controlSender.senderName() : videoSender.senderName();
        return List.of(diagnoseSignal(nanos).map(report -> report.toCheckItem("LKV373"))
            .orElseGet(() -> Item.passed("LKV373", "JPEGs come from " + from + ".")));
    }

    /** Empty, because the web page of this box has no settings for the destination. */
    @Override
    public Optional<Inet4Address> findBox(long nanos) {
        return Optional.empty();
    }

    @Override
    public void close() {
        assembler.close();
    }
}
