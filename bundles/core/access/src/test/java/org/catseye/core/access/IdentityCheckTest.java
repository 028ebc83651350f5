package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.HERE;
import static org.catseye.core.access.AccessBench.PASSWORD;
import static org.catseye.core.access.AccessBench.WATCH;
import static org.catseye.core.access.AccessBench.by;
import static org.catseye.core.access.AccessBench.refused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.PasswordAuthenticator;
import org.catseye.core.access.administration.SecondFactorService;
import org.catseye.core.access.login.IdentityCheck;
import org.catseye.core.access.login.LoginAttempts;
import org.catseye.core.access.session.LiveSession;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Users who are logged in prove again who they are. */
public class IdentityCheckTest {

    private static final Duration MAX_AGE = Duration.ofMinutes(15);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private AccessBench bench;
    private Login ann;

    @Before
    public void claim() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
        ann = bench.add("ann", WATCH);
    }

    @After
    public void stop() {
        bench.close();
    }

    private boolean recent(Login login) {
        return bench.access.session(login.token()).filter(bench.access::recentlyProved).isPresent();
    }

    private void prove(Login login, String password, String code) throws AccessException {
        bench.access.proveAgain(by(login), password.toCharArray(), code);
    }

    private String lastOnRecord() {
        return bench.audit.lines().get(bench.audit.lines().size() - 1);
    }

    private String code(String secret) throws Exception {
        return Codes.of(secret, bench.time.instant());
    }

    @Test
    public void aLoginCountsForItsTimeAndThePasswordForAnother() throws Exception {
        assertTrue(recent(ann));
        bench.time.pass(MAX_AGE);
        assertFalse(recent(ann));
        prove(ann, PASSWORD, "");
        assertTrue(recent(ann));
        assertFalse("of this login, and of no other one", recent(bench.admin));
        bench.time.pass(MAX_AGE);
        assertFalse(recent(ann));
    }

    @Test
    public void aProofOutlivesARestartWithItsAge() throws Exception {
        bench.time.pass(MAX_AGE);
        prove(ann, PASSWORD, "");
        bench.time.pass(Duration.ofMinutes(14));
        bench.restart();
        assertTrue(recent(ann));
        assertFalse(recent(bench.admin));
        bench.time.pass(Duration.ofMinutes(1));
        assertFalse(recent(ann));
    }

    @Test
    public void aSessionOfAnOlderVersionOrOfTheFutureHasNotProvedAnything() throws Exception {
        Path file = bench.home.resolve("sessions.json");
        bench.access.stop();
        String content = Files.readString(file);
        assertTrue(content, content.contains("\"proved\""));
        for (String change : List.of("", ", \"proved\" : \"2999-01-01T00:00:00Z\"")) {
            Files.writeString(file, content.replaceAll(",\\s*\"proved\" : \"[^\"]*\"", change));
            bench.start();
            assertTrue(bench.access.session(ann.token()).isPresent());
            assertFalse(change, recent(ann));
            bench.access.stop();
        }
    }

    @Test
    public void aWrongPasswordProvesNothingIsSlowedDownAndOnRecord() throws Exception {
        bench.time.pass(MAX_AGE);
        Reason reason = Reason.BAD_CREDENTIALS;
        int guesses = 0;
        while (reason == Reason.BAD_CREDENTIALS && guesses < 20) {
            reason = refused(() -> prove(ann, "wrong words", ""));
            guesses++;
        }
        assertEquals(Reason.TOO_MANY_ATTEMPTS, reason);
        assertEquals(LoginAttempts.FREE_FAILURES + 2, guesses);
        assertFalse(recent(ann));
        assertEquals("the brake is the one of logins", Reason.TOO_MANY_ATTEMPTS, refused(() -> bench.login("ann", PASSWORD)));
        assertEquals(LoginAttempts.FREE_FAILURES + 1, bench.audit.actions().stream().filter("proof.failed"::equals).count());
        bench.time.pass(Duration.ofMinutes(1));
        prove(ann, PASSWORD, "");
        assertTrue(bench.audit.lines().toString(), lastOnRecord().startsWith("proof ann " + HERE + " {by=password, session="));
        assertFalse(bench.audit.lines().toString().contains("wrong words"));
    }

    @Test
    public void tooManyWrongOnesEndTheSession() throws Exception {
        for (int i = 1; i < IdentityCheck.MAX_FAILURES; i++) {
            bench.time.pass(Duration.ofMinutes(1));
            assertEquals(Reason.BAD_CREDENTIALS, refused(() -> prove(ann, "wrong words", "")));
        }
        bench.time.pass(Duration.ofMinutes(1));
        prove(ann, PASSWORD, "");
        for (int i = 0; i < IdentityCheck.MAX_FAILURES; i++) {
            assertTrue("a right one starts the count afresh", ann.session().valid());
            bench.time.pass(Duration.ofMinutes(1));
            assertEquals(Reason.BAD_CREDENTIALS, refused(() -> prove(ann, "wrong words", "")));
        }
        assertFalse(ann.session().valid());
        assertEquals(Reason.FORBIDDEN, refused(() -> prove(ann, PASSWORD, "")));
        assertTrue(bench.audit.lines().toString(), lastOnRecord().contains("reason=wrong proofs"));
    }

    /** A thief with somebody's session must not find out the password, wherever it is asked for. */
    @Test
    public void everyPlaceThatTakesASecretCountsWrongOnesAndRecordsThem() throws Exception {
        SecondFactorService factors = new SecondFactorService(bench.access, bench.file);
        char[] wrong = "wrong words".toCharArray();
        assertEveryGuessCounts("bob", login -> bench.users.changePassword(by(login), wrong, "four other odd words".toCharArray()), Reason.BAD_CREDENTIALS);
        assertEveryGuessCounts("cid", login -> factors.begin(by(login), wrong), Reason.BAD_CREDENTIALS);
        assertEveryGuessCounts("dan", login -> factors.remove(by(login), "dan", wrong), Reason.BAD_CREDENTIALS);
        assertEveryGuessCounts("eve", login -> {
            if (bench.audit.lines().stream().noneMatch(line -> line.startsWith("proof eve"))) {
                factors.begin(by(login), PASSWORD.toCharArray());
            }
            factors.confirm(by(login), "not a code");
        }, Reason.INVALID);
    }

    private interface Guess {
        void make(Login login) throws Exception;
    }

    private void assertEveryGuessCounts(String user, Guess guess, Reason refusal) throws Exception {
        bench.time.pass(Duration.ofHours(1));
        bench.login("admin", PASSWORD);
        Login login = bench.add(user, WATCH);
        for (int i = 0; i < IdentityCheck.MAX_FAILURES; i++) {
            assertTrue(user + " " + i, login.session().valid());
            assertEquals(user, refusal, refused(() -> guess.make(login)));
            assertTrue(bench.audit.lines().toString(), bench.audit.lines().stream().filter(line -> line.startsWith("proof.failed " + user)).count() == i + 1);
            bench.time.pass(Duration.ofMinutes(1));
        }
        assertFalse(user, login.session().valid());
        assertTrue(user, lastOnRecord().contains("reason=wrong proofs"));
    }

    @Test
    public void userWhoRepeatsAProofKeepsNoOtherUserFromIt() throws Exception {
        IdentityCheck check = bench.access.identityCheck();
        AccessException wrong = new AccessException(Reason.BAD_CREDENTIALS, "wrong");
        Login again = bench.login("ann", PASSWORD);
        check.requireRight((LiveSession) ann.session(), HERE, () -> {
            assertEquals("one at a time, over all logins", Reason.TOO_MANY_ATTEMPTS, refused(() -> prove(again, PASSWORD, "")));
            prove(bench.admin, PASSWORD, "");
            return true;
        }, wrong);
        prove(again, PASSWORD, "");
    }

    @Test
    public void aPasswordForAChangeIsAProofOfIdentity() throws Exception {
        bench.time.pass(MAX_AGE);
        new SecondFactorService(bench.access, bench.file).begin(by(ann), PASSWORD.toCharArray());
        assertTrue(recent(ann));
        assertTrue(lastOnRecord(), lastOnRecord().startsWith("proof ann " + HERE + " {by=password, session="));
    }

    @Test
    public void theOldPasswordCannotBeGuessedFasterThanAtALogin() {
        Reason reason = Reason.BAD_CREDENTIALS;
        int guesses = 0;
        while (reason == Reason.BAD_CREDENTIALS && guesses < 20) {
            reason = refused(() -> bench.users.changePassword(by(ann), "wrong words".toCharArray(), "four other odd words".toCharArray()));
            guesses++;
        }
        assertEquals(Reason.TOO_MANY_ATTEMPTS, reason);
        assertEquals(LoginAttempts.FREE_FAILURES + 2, guesses);
        assertEquals(LoginAttempts.FREE_FAILURES + 1, bench.audit.actions().stream().filter("proof.failed"::equals).count());
    }

    @Test
    public void aCodeIsEnoughForWhoHasASecondFactorAndCountsOnce() throws Exception {
        assertFalse(bench.access.hasSecondFactor(ann.session()));
        assertEquals("nobody else has codes", Reason.INVALID, refused(() -> prove(ann, "", "123456")));
        SecondFactorService factors = new SecondFactorService(bench.access, bench.file);
        String secret = factors.begin(by(ann), PASSWORD.toCharArray()).secret();
        factors.confirm(by(ann), code(secret));
        assertTrue(bench.access.hasSecondFactor(ann.session()));
        bench.time.pass(MAX_AGE);
        String code = code(secret);
        prove(ann, "", code);
        assertTrue(recent(ann));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> prove(ann, "", code)));
        prove(ann, PASSWORD, "");
    }

    @Test
    public void exactlyOneOfTheTwoIsTaken() {
        assertEquals(Reason.INVALID, refused(() -> prove(ann, "", " ")));
        assertEquals(Reason.INVALID, refused(() -> prove(ann, PASSWORD, "123456")));
    }

    @Test
    public void anApiTokenNeedsNoProofAndCanGiveNone() throws Exception {
        Login token = bench.sessions.createToken(by(ann), "t", Map.of("*", Set.of(Permission.VIEW)), bench.time.instant().plus(Duration.ofDays(1)));
        bench.time.pass(MAX_AGE);
        assertTrue(recent(token));
        assertEquals(Reason.FORBIDDEN, refused(() -> prove(token, PASSWORD, "")));
        assertFalse(recent(ann));
        bench.access.sessions().endSession((LiveSession) token.session());
        assertFalse("one that was revoked has no power", bench.access.recentlyProved(token.session()));
    }

    @Test
    public void theAuthenticatorOfTheSessionIsAskedAndNoOther() throws Exception {
        Directory directory = new Directory();
        bench.access.bindAuthenticator(directory, Map.of(Authenticator.NAME, "ldap", "service.id", 2L));
        Login zoe = bench.login("zoe", "of the directory");
        bench.time.pass(MAX_AGE);
        bench.access.tasks().recheckNow();
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> prove(zoe, PASSWORD, "")));
        directory.silent = true;
        assertEquals(Reason.UNAVAILABLE, refused(() -> prove(zoe, "of the directory", "")));
        assertFalse(recent(zoe));
        directory.silent = false;
        prove(zoe, "of the directory", "");
        assertTrue(recent(zoe));
        bench.access.unbindAuthenticator(directory, Map.of("service.id", 2L));
        assertEquals(Reason.UNAVAILABLE, refused(() -> prove(zoe, "of the directory", "")));
    }

    /** Has one user. */
    private static final class Directory implements PasswordAuthenticator {
        private final Identity zoe = new Identity("zoe", new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW))), "s", "t", false);
        private volatile boolean silent;

        @Override
        public Answer authenticate(String user, char[] password) {
            Answer answer = check(user);
            return answer instanceof Answer.Known && !new String(password).equals("of the directory") ? new Answer.Refused() : answer;
        }

        @Override
        public Answer check(String user) {
            return silent ? new Answer.Unavailable("it is silent") : user.equals("zoe") ? new Answer.Known(zoe) : new Answer.NotMine();
        }
    }
}
