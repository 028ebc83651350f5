package org.catseye.access.spi;

import java.net.URI;
import java.util.Objects;

/**
 * One login that a {@link ChallengeAuthenticator} has begun.
 *
 * @param nonce 256 random bits in URL-safe Base64: the challenge of a passkey, or {@code state} and {@code nonce} of OpenID Connect. Used once
 * @param returnAddress of the page to which a redirect returns, in the form by which the browser knows this device
 */
public record LoginContext(String nonce, URI returnAddress) {

    public LoginContext {
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(returnAddress, "returnAddress");
    }

    /** Without the nonce, so that it reaches no log. */
    @Override
    public String toString() {
        return "LoginContext[" + returnAddress + "]";
    }
}
