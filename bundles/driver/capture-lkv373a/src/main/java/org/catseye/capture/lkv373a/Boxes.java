package org.catseye.capture.lkv373a;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boxes on the network, whether their pictures come here or not: heard by what they advertise, and asked for by broadcast while
 * nothing comes. One thread.
 */
final class Boxes {

    private static final int ADVERTISEMENTS = 6000;
    private static final int DISCOVERY = 9002;
    private static final byte[] GROUP = {(byte) 239, (byte) 255, 42, 42};
    private static final byte[] EVERYBODY = {-1, -1, -1, -1};
    private static final long ASK_NANOS = 5_000_000_000L;
    private static final long KEPT_NANOS = 30_000_000_000L;
    private static final int MOST = 32;
    private static final Logger LOG = LoggerFactory.getLogger(Boxes.class);

    private record Seen(String name, long nanos) {
    }

    private final Map<Inet4Address, Seen> seen = new LinkedHashMap<>();
    private final Optional<Inet4Address> only;
    private List<Inet4Address> own = List.of();
    private DatagramChannel questions;
    private int port;
    private long asked;

    /** @param only nobody else; empty: all */
    Boxes(Optional<Inet4Address> only, long nanos) {
        this.only = only;
        this.asked = nanos - ASK_NANOS;
    }

    /** A machine where these ports cannot be opened does without. */
    void open(Net net) {
        own = net.ownAddresses();
        try {
            net.listen(ADVERTISEMENTS, Optional.of((Inet4Address) InetAddress.getByAddress(GROUP)), (number, from, datagram, nanos) ->
                IptvCommand.advertisement(datagram).ifPresent(box -> found(box, nanos)));
            questions = net.open(0, (number, from, datagram, nanos) -> answer(datagram, nanos));
            port = ((InetSocketAddress) questions.getLocalAddress()).getPort();
        } catch (IOException e) {
            LOG.debug("boxes will not be discovered: {}", e.getMessage());
        }
    }

    /** An answer to the question who is there. */
    void answer(ByteBuffer datagram, long nanos) {
        IptvCommand.parse(datagram).flatMap(IptvCommand::box).ifPresent(box -> found(box, nanos));
    }

    /** Asks who is there, if that is due. Called while nothing comes. */
    void ask(long nanos) throws IOException {
        if (questions == null || nanos - asked < ASK_NANOS) {
            return;
        }
        asked = nanos;
        for (Inet4Address address : own) {
            InetAddress to = only.isPresent() ? only.get() : address.isLoopbackAddress() ? address : InetAddress.getByAddress(EVERYBODY);
            try {
                questions.send(IptvCommand.discover().frame(address, port), new InetSocketAddress(to, DISCOVERY));
            } catch (IOException e) {
                LOG.debug("cannot ask {} who is there: {}", to.getHostAddress(), e.getMessage());
            }
        }
    }

    /** The one box that can be meant; empty if there is none, or several. */
    Optional<Inet4Address> single(long nanos) {
        forget(nanos);
        return seen.size() == 1 ? Optional.of(seen.keySet().iterator().next()) : Optional.empty();
    }

    /** Those that are there, for words; empty if there are none. */
    Optional<String> words(long nanos) {
        forget(nanos);
        return seen.isEmpty() ? Optional.empty() : Optional.of(seen.entrySet().stream()
            .map(box -> (box.getValue().name() + " at " + box.getKey().getHostAddress()).strip()).sorted().collect(Collectors.joining(", ")));
    }

    private void found(IptvCommand.Box box, long nanos) {
        if (only.map(address -> !address.equals(box.address())).orElse(false) || seen.size() >= MOST && !seen.containsKey(box.address())) {
            return;
        }
        Seen before = seen.get(box.address());
        if (before == null) {
            LOG.info("an HDMI-over-IP box is at {} {}", box.address().getHostAddress(), box.name());
        }
        seen.put(box.address(), new Seen(box.name().isEmpty() && before != null ? before.name() : box.name(), nanos));
    }

    private void forget(long nanos) {
        seen.values().removeIf(box -> nanos - box.nanos() > KEPT_NANOS);
    }
}
