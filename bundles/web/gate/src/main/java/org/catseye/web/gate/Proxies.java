package org.catseye.web.gate;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which proxies are believed, and what follows from that for a request. Each proxy adds to the end of the list whom it was asked by, so the list
 * is read from the end for as long as proxies that we know wrote it; all before is what a stranger may have written.
 */
final class Proxies {

    private static final Logger LOG = LoggerFactory.getLogger(Proxies.class);
    private static final String FORWARDED = "Forwarded";

    private final List<Network> known;
    private final boolean standard;

    /**
     * Who asked, as far as it can be known.
     *
     * @param address of the client
     * @param scheme by which the client came; empty if no proxy said it
     * @param host which the client named; empty if no proxy said it
     * @param sure false if a hop was hidden or garbage: then the address is that of the last proxy known, and anybody may have asked it
     */
    record Seen(String address, Optional<String> scheme, Optional<String> host, boolean sure) {
    }

    /** @param header which header the proxies write, null for the default: the others they may pass on as they came, from anybody */
    Proxies(String[] addresses, String header) {
        known = Arrays.stream(addresses).map(String::strip).filter(text -> !text.isEmpty()).flatMap(text -> network(text).stream()).toList();
        // An empty list in the file comes as null.
        String given = header == null || header.isBlank() ? GateConfig.X_FORWARDED_FOR : header.strip();
        standard = given.equalsIgnoreCase(FORWARDED);
        if (!standard && !given.equalsIgnoreCase(GateConfig.X_FORWARDED_FOR)) {
            LOG.error("{}; X-Forwarded-For is used", GateMistake.of("proxyHeader", given, "X-Forwarded-For or Forwarded"));
        }
    }

    private static Optional<Network> network(String text) {
        Optional<Network> network = Network.parse(text);
        if (network.isEmpty()) {
            LOG.error("{}; it is left out", GateMistake.of("proxies", text, "an address such as 192.0.2.1 or a range such as 10.0.0.0/8"));
        }
        return network;
    }

    /**
     * @param peer the other end of the connection
     * @return empty if that is no proxy of ours: then nothing of what it says about others counts
     */
    Optional<Seen> see(String peer, Function<String, List<String>> headers) {
        Optional<InetAddress> nearest = peerAddress(peer).filter(this::trusted);
        if (nearest.isEmpty()) {
            return Optional.empty();
        }
        List<Hop> hops = standard ? Hop.ofForwarded(headers.apply(FORWARDED)) : Hop.ofList(headers.apply(GateConfig.X_FORWARDED_FOR));
        InetAddress client = nearest.get();
        Hop told = Hop.UNREADABLE;
        boolean sure = true;
        for (int i = hops.size() - 1; i >= 0 && trusted(client); i--) {
            told = hops.get(i);
            if (told.address().isEmpty()) {
                // Hidden or garbage: the proxy that wrote it is the last that we know.
                sure = false;
                break;
            }
            client = told.address().get();
        }
        return Optional.of(standard ? new Seen(client.getHostAddress(), told.scheme(), told.host(), sure)
                : new Seen(client.getHostAddress(), onlyIfAllAgree(headers.apply("X-Forwarded-Proto")), one(headers.apply("X-Forwarded-Host")), sure));
    }

    /** Whether a proxy, known or not, was between: whoever comes over one is not the machine itself for having its address. */
    static boolean forwarded(Function<String, List<String>> headers) {
        return !headers.apply(FORWARDED).isEmpty() || !headers.apply(GateConfig.X_FORWARDED_FOR).isEmpty();
    }

    /** The rightmost stays in doubt where a chain of proxies disagrees, so it is TLS only if it was TLS all the way. */
    private static Optional<String> onlyIfAllAgree(List<String> headers) {
        List<Optional<String>> all = Arrays.stream(String.join(",", headers).split(",", -1)).map(Hop::scheme).distinct().toList();
        return all.size() == 1 ? all.get(0) : Optional.of("http");
    }

    private static Optional<String> one(List<String> headers) {
        List<String> all = Arrays.stream(String.join(",", headers).split(",", -1)).map(String::strip).distinct().toList();
        return all.size() == 1 && !all.get(0).isEmpty() ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Whether a connection from there is one of a proxy in front of this device. */
    boolean isKnown(String peer) {
        return peerAddress(peer).filter(this::trusted).isPresent();
    }

    private boolean trusted(InetAddress address) {
        return known.stream().anyMatch(network -> network.contains(address));
    }

    static boolean loopback(String peer) {
        return peerAddress(peer).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** As a servlet container writes it: perhaps in brackets, perhaps with the network interface. */
    private static Optional<InetAddress> peerAddress(String peer) {
        if (peer == null) {
            return Optional.empty();
        }
        String plain = peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer;
        int zone = plain.indexOf('%');
        return Network.literal(zone < 0 ? plain : plain.substring(0, zone));
    }
}
