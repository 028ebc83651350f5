package org.catseye.web.gate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
            LOG.error("Configuration {}: hostNames={}: is not a host name such as kvm.example.org; it is left out", GateConfig.PID, name);
        }
        parsed.ifPresent(authority -> names.add(authority.host()));
    }

    private void addOrigin(String origin) {
        Optional<String> parsed = normal(origin);
        if (parsed.isEmpty()) {
            LOG.error("Configuration {}: origins={}: is not of the form https://name or https://name:port; it is left out", GateConfig.PID, origin);
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
