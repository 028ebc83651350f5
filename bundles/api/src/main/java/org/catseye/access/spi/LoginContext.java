package org.catseye.access.spi;

import java.net.URI;
import java.util.Objects;

/**
 * A login that a {@link ChallengeAuthenticator} has started.
 *
 * @param nonce 256 random bits in URL-safe Base64, used once: the challenge of a passkey, or {@code state} and {@code nonce} of
 *     OpenID Connect
 * @param returnAddress the URL of the page that a redirect returns to, as the browser addresses this device
 */
public record LoginContext(String nonce, URI returnAddress) {

    public LoginContext {
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(returnAddress, "returnAddress");
    }

    /** Omits the nonce so that it is never logged. */
    @Override
    public String toString() {
        return "LoginContext[" + returnAddress + "]";
    }
}
