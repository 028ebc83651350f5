package org.catseye.capture.lkv373a.box;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the boxes on the network, even if they send their pictures elsewhere: by their advertisements, and by broadcast requests while
 * no stream arrives. For one thread.
 */
public final class BoxDirectory {

    private static final int ADVERTISEMENT_PORT = 6000;
    private static final int DISCOVERY_PORT = 9002;
    private static final byte[] ADVERTISEMENT_GROUP = {(byte) 239, (byte) 255, 42, 42};
    private static final byte[] BROADCAST_ADDRESS = {-1, -1, -1, -1};
    private static final long DISCOVERY_INTERVAL_NANOS = 5_000_000_000L;
    private static final long ENTRY_TIMEOUT_NANOS = 30_000_000_000L;
    private static final int MAX_BOXES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(BoxDirectory.class);

    private record Entry(String name, long seenNanos) {
    }

    private final Map<Inet4Address, Entry> entries = new LinkedHashMap<>();
    private final Optional<Inet4Address> configured;
    private List<Inet4Address> ownAddresses = List.of();
    private DatagramChannel discovery;
    private int answerPort;
    private long discoveryNanos;

    /** @param configured the only box to list; empty for all */
    public BoxDirectory(Optional<Inet4Address> configured, long nanos) {
        this.configured = configured;
        this.discoveryNanos = nanos - DISCOVERY_INTERVAL_NANOS;
    }

    /** Opens the ports. If that fails, no boxes are found, but pictures are received. */
    public void openPorts(UdpPorts ports) {
        ownAddresses = ports.interfaces().ownAddresses();
        try {
            ports.listenOn(ADVERTISEMENT_PORT, Optional.of((Inet4Address) InetAddress.getByAddress(ADVERTISEMENT_GROUP)),
                (channel, from, datagram, nanos) -> IptvCommand.parseAdvertisement(datagram).ifPresent(box -> addBox(box, nanos)));
            discovery = ports.openPort(0, (channel, from, datagram, nanos) -> acceptAnswer(datagram, nanos));
            answerPort = ((InetSocketAddress) discovery.getLocalAddress()).getPort();
        } catch (IOException e) {
            LOG.debug("Cannot discover boxes: {}", e.getMessage());
        }
    }

    /** Takes the answer to a discovery request. */
    void acceptAnswer(ByteBuffer datagram, long nanos) {
        IptvCommand.parseFrame(datagram).flatMap(IptvCommand::boxIdentity).ifPresent(box -> addBox(box, nanos));
    }

    /** Sends discovery requests if they are due. Called while no stream arrives. */
    public void discoverIfDue(long nanos) throws IOException {
        if (discovery == null || nanos - discoveryNanos < DISCOVERY_INTERVAL_NANOS) {
            return;
        }
        discoveryNanos = nanos;
        for (Inet4Address own : ownAddresses) {
            InetAddress broadcast = own.isLoopbackAddress() ? own : InetAddress.getByAddress(BROADCAST_ADDRESS);
            InetAddress to = configured.isPresent() ? configured.get() : broadcast;
            try {
                discovery.send(IptvCommand.discoveryRequest().encodeFrame(own, answerPort), new InetSocketAddress(to, DISCOVERY_PORT));
            } catch (IOException e) {
                LOG.debug("Cannot send a discovery request to {}: {}", to.getHostAddress(), e.getMessage());
            }
        }
    }

    /** The only box on the network; empty if there is none, or more than one. */
    public Optional<Inet4Address> findSingleBox(long nanos) {
        removeExpired(nanos);
        return entries.size() == 1 ? Optional.of(entries.keySet().iterator().next()) : Optional.empty();
    }

    /** The boxes for messages, such as {@code TX_003B4FA51720 at 10.0.0.7}; empty if there are none. */
    public Optional<String> describeBoxes(long nanos) {
        removeExpired(nanos);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.entrySet().stream()
            .map(box -> (box.getValue().name() + " at " + box.getKey().getHostAddress()).strip()).sorted().collect(Collectors.joining(", ")));
    }

    private void addBox(IptvCommand.BoxIdentity box, long nanos) {
        boolean excluded = configured.isPresent() && !configured.get().equals(box.address());
        if (excluded || entries.size() >= MAX_BOXES && !entries.containsKey(box.address())) {
            return;
        }
        Entry before = entries.get(box.address());
        if (before == null) {
            LOG.info("Found an HDMI-over-IP box at {} {}", box.address().getHostAddress(), box.name());
        }
        entries.put(box.address(), new Entry(box.name().isEmpty() && before != null ? before.name() : box.name(), nanos));
    }

    private void removeExpired(long nanos) {
        entries.values().removeIf(entry -> nanos - entry.seenNanos() > ENTRY_TIMEOUT_NANOS);
    }
}
