package org.catseye.web.gate;

import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.web.RequestGuard.Ask;
import org.catseye.web.RequestGuard.Refusal;

/**
 * What is served without TLS when there is TLS: everything to the machine itself, whose requests are on no wire; to all others whether the
 * device is well, and the way to TLS. A page is sent there. Nothing else is, because a program that follows would have sent its password
 * or token in the clear already, and nobody would notice.
 */
final class PlainHttp {

    static final int PERMANENT = 308;
    private static final String HEALTH = "/api/v1/health";

    private final Origins origins;
    private final OptionalInt securePort;

    /** @param securePort where TLS is; empty if there is none, and then everything is served */
    PlainHttp(Origins origins, OptionalInt securePort) {
        this.origins = origins;
        this.securePort = securePort;
    }

    /**
     * @param local asked by this machine itself
     * @return how to turn the request away; empty if it is to be served
     */
    Optional<Refusal> judge(Ask ask, boolean local) {
        if (securePort.isEmpty() || ask.secure() || local) {
            return Optional.empty();
        }
        boolean reads = ask.method().equals("GET") || ask.method().equals("HEAD");
        if (reads && ask.target().equals(HEALTH)) {
            return Optional.empty();
        }
        Origins.Addressed addressed = origins.addressed(ask.headers());
        if (addressed.refusal().isPresent()) {
            return addressed.refusal();
        }
        String secure = origins.secureAddress(addressed.host().orElseThrow(), securePort.getAsInt());
        return Optional.of(reads && page(ask) ? new Refusal(PERMANENT, "tls_required", "This device is at " + secure + ".", secure + ask.target())
                : new Refusal(403, "tls_required", "Without TLS whoever is on the way reads along, so this is served at " + secure + " only.", ""));
    }

    /** What a person may have typed into the address bar, as long as it can be sent back as it came. */
    private static boolean page(Ask ask) {
        String path = ask.target().split("\\?", 2)[0];
        return Paths.clean(path) && ask.target().chars().allMatch(c -> c > ' ' && c < 0x7f) && !path.startsWith("/api/")
                && !ask.has("Upgrade") && !ask.has("Authorization");
    }
}
