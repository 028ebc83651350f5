package org.catseye.web.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catseye.web.RequestGuard.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which names and origins are ours. A name that anybody could point at this device (DNS rebinding) is not: accepted are addresses
 * by number, localhost, this machine's own name, names under domains that the public DNS does not have, and what is configured.
 */
final class Origins {

    private static final Logger LOG = LoggerFactory.getLogger(Origins.class);

    /** RFC 6762, RFC 8375, and what ICANN keeps for private use. */
    private static final List<String> PRIVATE_DOMAINS = List.of(".local", ".home.arpa", ".internal", ".localhost");

    private final Set<String> names = new HashSet<>(Set.of("localhost"));
    private final Set<String> origins = new HashSet<>();

    /** @param machineName of this machine, empty if unknown */
    Origins(String machineName, String[] hostNames, String[] furtherOrigins) {
        if (!machineName.isBlank()) {
            names.add(machineName.toLowerCase(Locale.ROOT));
            names.add(machineName.toLowerCase(Locale.ROOT).split("\\.", 2)[0]);
        }
        Arrays.stream(hostNames).map(String::strip).filter(name -> !name.isEmpty()).forEach(this::addName);
        Arrays.stream(furtherOrigins).map(String::strip).filter(origin -> !origin.isEmpty()).forEach(this::addOrigin);
    }

    private void addName(String name) {
        Optional<Authority> parsed = Authority.parse(name).filter(authority -> authority.port() < 0);
        if (parsed.isEmpty()) {
            LOG.error("{}; it is left out", GateMistake.of("hostNames", name, "a host name such as kvm.example.org"));
        }
        parsed.ifPresent(authority -> names.add(authority.host()));
    }

    private void addOrigin(String origin) {
        Optional<String> parsed = normal(origin);
        if (parsed.isEmpty()) {
            LOG.error("{}; it is left out", GateMistake.of("origins", origin, "of the form https://name or https://name:port"));
        }
        parsed.ifPresent(normal -> {
            origins.add(normal);
            Authority.parse(normal.substring(normal.indexOf("//") + 2)).ifPresent(authority -> names.add(authority.host()));
        });
    }

    private static Optional<String> normal(String origin) {
        String text = origin.toLowerCase(Locale.ROOT);
        for (String scheme : List.of("http", "https")) {
            if (text.startsWith(scheme + "://")) {
                return Authority.parse(text.substring(scheme.length() + 3)).map(authority -> authority.origin(scheme));
            }
        }
        return Optional.empty();
    }

    /** Of this machine; empty if unknown. From the kernel: a name server is not to be asked, it may be slow, or lie. */
    static String machineName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Whom a request wants.
     *
     * @param host this device by one of its names; empty if refused
     */
    record Addressed(Optional<Authority> host, Optional<Refusal> refusal) {
    }

    /** Looks at the Host header. */
    Addressed addressed(Function<String, List<String>> headers) {
        List<String> hosts = headers.apply("Host");
        Optional<Authority> host = hosts.size() == 1 ? Authority.parse(hosts.get(0)) : Optional.empty();
        if (host.isEmpty()) {
            return refused(400, "bad_host", "The request does not say by one valid Host header whom it wants.");
        }
        if (!knows(host.get())) {
            return refused(403, "unknown_host", "This device does not go by the name " + host.get().host()
                    + ". Use its IP address, or add the name to hostNames of the configuration " + GateConfig.PID + ".");
        }
        return new Addressed(host, Optional.empty());
    }

    private static Addressed refused(int status, String code, String message) {
        return new Addressed(Optional.empty(), Optional.of(new Refusal(status, code, message, "")));
    }

    /** Where this device is over TLS, for who called it by {@code host}: at a proxy that the configuration names, or at its own port. */
    String secureAddress(Authority host, int port) {
        return origins.stream().filter(origin -> origin.startsWith("https://")).sorted()
                .filter(origin -> Authority.parse(origin.substring("https://".length())).filter(one -> one.host().equals(host.host())).isPresent())
                .findFirst().orElseGet(() -> new Authority(host.host(), port).origin("https"));
    }

    /** Whether a Host header names this device. */
    boolean knows(Authority host) {
        return host.numeric() || names.contains(host.host()) || PRIVATE_DOMAINS.stream().anyMatch(host.host()::endsWith);
    }

    /** Whether a page of {@code origin} is one of ours, for a request to {@code host}. */
    boolean ours(String origin, boolean secure, Authority host) {
        Optional<String> normal = normal(origin);
        return normal.isPresent() && (normal.get().equals(host.origin(secure ? "https" : "http")) || origins.contains(normal.get()));
    }
}
