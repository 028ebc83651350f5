package org.catseye.web.gate.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catseye.options.Options;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.gate.config.GateConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host names and origins of this device. A name that anyone could point at this device (DNS rebinding) is not among them. Accepted are numeric
 * addresses, localhost, this machine's own name, also in the domains of home routers, names in domains that the public DNS does not have, and the
 * configured names.
 */
public final class OwnOrigins {

    private static final Logger LOG = LoggerFactory.getLogger(OwnOrigins.class);

    /** RFC 6762, RFC 8375, and what ICANN reserves for private use. */
    private static final List<String> PRIVATE_DOMAINS = List.of(".local", ".home.arpa", ".internal", ".localhost");
    /** Domains in which home routers publish the names of their devices. Some are public, so only this machine's own name counts in them. */
    private static final List<String> ROUTER_DOMAINS = List.of("lan", "home", "localdomain", "fritz.box");
    private static final String HTTPS = "https";

    private final Set<String> names = new HashSet<>(Set.of("localhost"));
    private final Set<String> origins = new HashSet<>();

    /**
     * @param machineName name of this machine, empty if unknown
     * @param options the configuration, with further names and origins
     */
    public OwnOrigins(String machineName, Options options) {
        if (!machineName.isBlank()) {
            String bareName = machineName.toLowerCase(Locale.ROOT).split("\\.", 2)[0];
            names.add(machineName.toLowerCase(Locale.ROOT));
            names.add(bareName);
            ROUTER_DOMAINS.forEach(domain -> names.add(bareName + "." + domain));
        }
        options.readTexts("hostNames").forEach(name -> addName(options, name));
        options.readTexts("origins").forEach(origin -> addOrigin(options, origin));
    }

    private void addName(Options options, String name) {
        Optional<Authority> parsed = Authority.parseAuthority(name).filter(authority -> authority.port() < 0);
        if (parsed.isEmpty()) {
            LOG.error("{}; it is left out", options.badValue("hostNames", name, "a host name such as kvm.example.org").getMessage());
        }
        parsed.ifPresent(authority -> names.add(authority.host()));
    }

    private void addOrigin(Options options, String origin) {
        Optional<String> parsed = normalizeOrigin(origin);
        if (parsed.isEmpty()) {
            LOG.error("{}; it is left out", options.badValue("origins", origin, "of the form https://name or https://name:port").getMessage());
        }
        parsed.ifPresent(normal -> {
            origins.add(normal);
            Authority.parseAuthority(normal.substring(normal.indexOf("//") + 2)).ifPresent(authority -> names.add(authority.host()));
        });
    }

    private static Optional<String> normalizeOrigin(String origin) {
        String text = origin.toLowerCase(Locale.ROOT);
        for (String scheme : List.of("http", HTTPS)) {
            if (text.startsWith(scheme + "://")) {
                return Authority.parseAuthority(text.substring(scheme.length() + 3)).map(authority -> authority.toOrigin(scheme));
            }
        }
        return Optional.empty();
    }

    /** The name of this machine, empty if unknown. Read from the kernel, because a name server may be slow or lie. */
    public static String readMachineName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * The result of the check of the Host header; one of the two is present.
     *
     * @param host one of this device's names, as the client used it
     */
    public record HostCheck(Optional<Authority> host, Optional<Refusal> refusal) {
    }

    public HostCheck checkHost(Function<String, List<String>> headers) {
        List<String> hosts = headers.apply("Host");
        Optional<Authority> host = hosts.size() == 1 ? Authority.parseAuthority(hosts.get(0)) : Optional.empty();
        if (host.isEmpty()) {
            return refuseHost(400, "bad_host", "The request needs exactly one Host header with a valid host.");
        }
        if (!isOwnHost(host.get())) {
            return refuseHost(403, "unknown_host", "This device does not have the name " + host.get().host()
                    + ". Use its IP address, or add the name to hostNames of the configuration " + GateConfig.PID + ".");
        }
        return new HostCheck(host, Optional.empty());
    }

    private static HostCheck refuseHost(int status, String code, String message) {
        return new HostCheck(Optional.empty(), Optional.of(new Refusal(status, code, message, "")));
    }

    /**
     * The address of this device over TLS, for a client that used the name {@code host}: that of a configured proxy, below its base path, or with
     * the device's own port.
     */
    public String findSecureAddress(Authority host, int port, String basePath) {
        return origins.stream().filter(origin -> origin.startsWith(HTTPS + "://")).sorted()
                .filter(origin -> Authority.parseAuthority(origin.substring(HTTPS.length() + 3)).filter(one -> one.host().equals(host.host())).isPresent())
                .findFirst().map(origin -> origin + basePath).orElseGet(() -> new Authority(host.host(), port).toOrigin(HTTPS));
    }

    boolean isOwnHost(Authority host) {
        return host.isNumeric() || names.contains(host.host()) || PRIVATE_DOMAINS.stream().anyMatch(host.host()::endsWith);
    }

    /** Whether a page of {@code origin} is a page of this device, for a request to {@code host}. */
    public boolean isOwnOrigin(String origin, boolean secure, Authority host) {
        Optional<String> normal = normalizeOrigin(origin);
        return normal.isPresent() && (normal.get().equals(host.toOrigin(secure ? HTTPS : "http")) || origins.contains(normal.get()));
    }
}
