package org.catseye.web.gate.request;

import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.http.RequestHeads;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;
import org.catseye.web.gate.origin.OwnOrigins;

/**
 * Which requests are served without TLS while TLS is available. All requests from the machine itself are. Other clients get the device's health and a
 * redirect from a page to its TLS address. Nothing else is redirected: a program that follows redirects would already have sent its password or token
 * in clear text, and nobody would notice.
 */
public final class TlsRequirement {

    public static final int PERMANENT_REDIRECT = 308;
    private static final String HEALTH = "/api/v1/health";

    private final OwnOrigins origins;
    private final OptionalInt securePort;

    /** @param securePort the port with TLS; empty if there is none, and then everything is served */
    public TlsRequirement(OwnOrigins origins, OptionalInt securePort) {
        this.origins = origins;
        this.securePort = securePort;
    }

    /**
     * @param local whether this machine itself sent the request
     * @return how to refuse the request; empty if it is served
     */
    public Optional<Refusal> checkRequest(RequestHead head, boolean local) {
        if (securePort.isEmpty() || head.secure() || local) {
            return Optional.empty();
        }
        boolean reads = head.method().equals("GET") || head.method().equals("HEAD");
        if (reads && head.target().equals(HEALTH)) {
            return Optional.empty();
        }
        OwnOrigins.HostCheck check = origins.checkHost(head.headers());
        if (check.refusal().isPresent()) {
            return check.refusal();
        }
        String secure = origins.findSecureAddress(check.host().orElseThrow(), securePort.getAsInt(), head.basePath());
        return Optional.of(reads && isPage(head)
                ? new Refusal(PERMANENT_REDIRECT, "tls_required", "This device is at " + secure + ".", secure + head.target())
                : new Refusal(403, "tls_required", "Without TLS, others on the network could read this. Use " + secure + ".", ""));
    }

    /** Whether a user may have typed the address, and it can be sent back unchanged. */
    private static boolean isPage(RequestHead head) {
        String path = head.target().split("\\?", 2)[0];
        return PathRules.isWellFormed(path) && head.target().chars().allMatch(c -> c > ' ' && c < 0x7f) && !RequestHeads.isForPrograms(path)
                && !head.hasHeader("Upgrade") && !head.hasHeader("Authorization");
    }
}
