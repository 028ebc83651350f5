package org.catseye.core.access;

import org.catseye.access.Challenge;
import org.catseye.access.LoginResponse;
import org.catseye.access.spi.ChallengeAuthenticator;
import org.catseye.testkit.ChallengeAuthenticatorContract;
import org.catseye.testkit.FakeRedirectLogin;

/** The fake keeps the contract that real authenticators have to keep. */
public class FakeRedirectLoginTest extends ChallengeAuthenticatorContract {

    private final FakeRedirectLogin fake = new FakeRedirectLogin("zoe");

    @Override
    protected ChallengeAuthenticator createAuthenticator() {
        return fake;
    }

    @Override
    protected LoginResponse answerChallenge(Challenge challenge) {
        return fake.approveLogin(challenge);
    }
}
