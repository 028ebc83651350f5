package org.catseye.web.gate.forwarded;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.catseye.options.Options;
import org.catseye.web.gate.config.GateConfig;
import org.catseye.web.gate.origin.Authority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that are trusted, and what their headers report about a request. Each proxy appends the address of the client that connected to it.
 * So the list is read from its end, for as long as trusted proxies wrote it. Anything before that may be invented.
 */
public final class TrustedProxies {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);

    private final List<AddressRange> ranges;
    private final boolean standard;

    /** The proxies write the configured header. They may pass on any other header as a client sent it. */
    public TrustedProxies(Options options) {
        ranges = options.readTexts("proxies").stream().flatMap(text -> parseRange(options, text).stream()).toList();
        String given = options.readText("proxyHeader", "");
        String header = given.isEmpty() ? GateConfig.X_FORWARDED_FOR : given;
        standard = header.equalsIgnoreCase(GateConfig.FORWARDED);
        if (!standard && !header.equalsIgnoreCase(GateConfig.X_FORWARDED_FOR)) {
            LOG.error("{}; X-Forwarded-For is used", options.badValue("proxyHeader", header, "X-Forwarded-For or Forwarded").getMessage());
        }
    }

    private static Optional<AddressRange> parseRange(Options options, String text) {
        Optional<AddressRange> range = AddressRange.parseRange(text);
        if (range.isEmpty()) {
            LOG.error("{}; it is left out", options.badValue("proxies", text, "an address such as 192.0.2.1 or a range such as 10.0.0.0/8").getMessage());
        }
        return range;
    }

    /**
     * @param peer the other end of the connection
     * @return empty if the peer is no trusted proxy: then its headers are ignored
     */
    public Optional<ReportedClient> findClient(String peer, Function<String, List<String>> headers) {
        Optional<InetAddress> nearest = AddressRange.parsePeer(peer).filter(this::isTrusted);
        if (nearest.isEmpty()) {
            return Optional.empty();
        }
        List<ForwardedElement> elements = standard ? ForwardedElement.parseForwarded(headers.apply(GateConfig.FORWARDED))
                : ForwardedElement.parseXForwardedFor(headers.apply(GateConfig.X_FORWARDED_FOR));
        InetAddress client = nearest.get();
        ForwardedElement last = ForwardedElement.UNREADABLE;
        boolean certain = true;
        for (int i = elements.size() - 1; certain && i >= 0 && isTrusted(client); i--) {
            last = elements.get(i);
            // Hidden or unreadable: the proxy that wrote it is the last one with a known address.
            certain = last.address().isPresent();
            client = last.address().orElse(client);
        }
        return Optional.of(standard ? new ReportedClient(client.getHostAddress(), last.scheme(), last.host(), OptionalInt.empty(), certain, BasePath.ROOT)
                : new ReportedClient(client.getHostAddress(), findCommonScheme(headers), findOnlyValue(headers, "X-Forwarded-Host"), findPort(headers), certain,
                        BasePath.parseHeaders(headers.apply(GateConfig.X_FORWARDED_PREFIX))));
    }

    /** Whether any proxy, trusted or not, forwarded the request: then it did not come from this machine, even if its connection did. */
    public static boolean isForwarded(Function<String, List<String>> headers) {
        return !headers.apply(GateConfig.FORWARDED).isEmpty() || !headers.apply(GateConfig.X_FORWARDED_FOR).isEmpty();
    }

    /** TLS counts only if every proxy of the chain reports TLS. */
    private static Optional<String> findCommonScheme(Function<String, List<String>> headers) {
        List<Optional<String>> all = splitList(headers.apply("X-Forwarded-Proto")).stream().map(ForwardedElement::parseScheme).distinct().toList();
        return all.size() == 1 ? all.get(0) : Optional.of("http");
    }

    private static OptionalInt findPort(Function<String, List<String>> headers) {
        return findOnlyValue(headers, "X-Forwarded-Port").filter(port -> port.matches("[1-9][0-9]{0,4}")).map(Integer::parseInt)
                .filter(port -> port <= Authority.MAX_PORT).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** Empty if the proxies disagree. */
    private static Optional<String> findOnlyValue(Function<String, List<String>> headers, String name) {
        List<String> all = splitList(headers.apply(name)).stream().distinct().toList();
        return all.size() == 1 && !all.get(0).isEmpty() ? Optional.of(all.get(0)) : Optional.empty();
    }

    private static List<String> splitList(List<String> headers) {
        return Arrays.stream(String.join(",", headers).split(",", -1)).map(String::strip).toList();
    }

    /** Whether a connection from there comes from a trusted proxy. */
    public boolean isProxy(String peer) {
        return AddressRange.parsePeer(peer).filter(this::isTrusted).isPresent();
    }

    private boolean isTrusted(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.containsAddress(address));
    }

    public static boolean isLoopback(String peer) {
        return AddressRange.parsePeer(peer).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
