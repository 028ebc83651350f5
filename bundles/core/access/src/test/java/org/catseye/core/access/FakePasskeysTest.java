package org.catseye.core.access;

import org.catseye.access.Challenge;
import org.catseye.access.LoginResponse;
import org.catseye.access.spi.ChallengeAuthenticator;
import org.catseye.testkit.ChallengeAuthenticatorContract;
import org.catseye.testkit.FakePasskeys;

/** The fake keeps the contract that real authenticators have to keep. */
public class FakePasskeysTest extends ChallengeAuthenticatorContract {

    private final FakePasskeys fake = new FakePasskeys("zoe");

    @Override
    protected ChallengeAuthenticator createAuthenticator() {
        return fake;
    }

    @Override
    protected LoginResponse answerChallenge(Challenge challenge) {
        return fake.signChallenge(challenge);
    }
}
