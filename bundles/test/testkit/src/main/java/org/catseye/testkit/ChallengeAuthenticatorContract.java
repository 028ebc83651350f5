package org.catseye.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.catseye.access.Challenge;
import org.catseye.access.LoginResponse;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.ChallengeAuthenticator;
import org.catseye.access.spi.LoginContext;
import org.junit.Test;

/** The contract that every authenticator with challenges must fulfil. Extend this class in the tests of an authenticator. */
public abstract class ChallengeAuthenticatorContract {

    private static final LoginContext FIRST = new LoginContext("n".repeat(43), URI.create("https://kvm.example.org/login"));
    private static final LoginContext SECOND = new LoginContext("m".repeat(43), URI.create("https://kvm.example.org/login"));

    /** Creates an authenticator with one user. */
    protected abstract ChallengeAuthenticator createAuthenticator();

    /**
     * Acts as the user who proves their identity.
     *
     * @return what the browser sends back for this challenge
     */
    protected abstract LoginResponse answerChallenge(Challenge challenge);

    @Test
    public void theRightResponseConfirmsAUserThatItHas() throws Exception {
        ChallengeAuthenticator authenticator = createAuthenticator();
        Answer answer = authenticator.completeLogin(FIRST, answerChallenge(authenticator.beginLogin(FIRST)));
        assertTrue(answer.toString(), answer instanceof Answer.Known);
        String user = ((Answer.Known) answer).identity().user();
        assertTrue(authenticator.check(user) instanceof Answer.Known);
        assertTrue(authenticator.check(user + "-missing") instanceof Answer.NotMine);
    }

    @Test
    public void theResponseToAnotherLoginIsRefused() throws Exception {
        ChallengeAuthenticator authenticator = createAuthenticator();
        LoginResponse response = answerChallenge(authenticator.beginLogin(FIRST));
        authenticator.beginLogin(SECOND);
        assertEquals(new Answer.Refused(), authenticator.completeLogin(SECOND, response));
    }

    @Test
    public void anythingElseIsRefusedAndNotThrown() throws Exception {
        ChallengeAuthenticator authenticator = createAuthenticator();
        LoginResponse right = answerChallenge(authenticator.beginLogin(FIRST));
        assertEquals(new Answer.Refused(), authenticator.completeLogin(FIRST, new LoginResponse(Map.of())));
        for (String field : right.fields().keySet()) {
            Map<String, String> changed = new HashMap<>(right.fields());
            changed.put(field, right.field(field) + "x");
            assertEquals(field, new Answer.Refused(), authenticator.completeLogin(FIRST, new LoginResponse(changed)));
        }
    }

    @Test
    public void aResponseShowsNoSecretInALog() throws Exception {
        LoginResponse response = answerChallenge(createAuthenticator().beginLogin(FIRST));
        response.fields().values().stream().filter(value -> value.length() > 8)
                .forEach(value -> assertFalse(response.toString().contains(value)));
    }
}
