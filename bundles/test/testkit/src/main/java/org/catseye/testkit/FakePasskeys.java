package org.catseye.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Challenge;
import org.catseye.access.Grants;
import org.catseye.access.LoginResponse;
import org.catseye.access.Permission;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.ChallengeAuthenticator;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.LoginContext;

/**
 * An authenticator that works like one for passkeys: the user's device signs the nonce of the login with a key that was
 * registered earlier.
 */
public final class FakePasskeys implements ChallengeAuthenticator {

    private final Identity identity;
    private final KeyPair key;
    private volatile boolean unavailable;

    public FakePasskeys(String user) {
        this.identity = new Identity(user, new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW))), "s", "t", false);
        try {
            key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 has Ed25519", e);
        }
    }

    /** Makes every later call fail, as if the store was unavailable. */
    public void setUnavailable(boolean value) {
        unavailable = value;
    }

    @Override
    public Challenge beginLogin(LoginContext context) {
        if (unavailable) {
            throw new IllegalStateException("no store");
        }
        return new Challenge.Options("{\"challenge\":\"" + context.nonce() + "\"}");
    }

    /** Acts as the browser and the user's device. */
    public LoginResponse signChallenge(Challenge challenge) {
        String json = ((Challenge.Options) challenge).json();
        String nonce = json.substring("{\"challenge\":\"".length(), json.length() - 2);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(nonce.getBytes(StandardCharsets.UTF_8));
            return new LoginResponse(Map.of("user", identity.user(), "signature", Base64.getEncoder().encodeToString(signature.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Answer completeLogin(LoginContext context, LoginResponse response) {
        return response.field("user").equals(identity.user()) && isSigned(context.nonce(), response.field("signature")) ? check(identity.user())
                : new Answer.Refused();
    }

    private boolean isSigned(String nonce, String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key.getPublic());
            signature.update(nonce.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(text));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Answer check(String user) {
        return user.equals(identity.user()) ? new Answer.Known(identity) : new Answer.NotMine();
    }
}
