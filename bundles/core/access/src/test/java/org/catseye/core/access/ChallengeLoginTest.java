package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.HERE;
import static org.catseye.core.access.AccessBench.by;
import static org.catseye.core.access.AccessBench.refused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Challenge;
import org.catseye.access.ChallengeLogin;
import org.catseye.access.ChallengeLogin.Started;
import org.catseye.access.LoginResponse;
import org.catseye.access.Permission;
import org.catseye.access.spi.Authenticator;
import org.catseye.core.access.administration.ChallengeLoginService;
import org.catseye.testkit.FakePasskeys;
import org.catseye.testkit.FakeRedirectLogin;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Logins through another login page and with a passkey, from the service of access control to a session with rights. */
public class ChallengeLoginTest {

    private static final URI BACK = URI.create("https://kvm.example.org/login");
    private static final Map<String, Object> OIDC = Map.of(Authenticator.NAME, "oidc", "service.id", 5L);
    private static final Map<String, Object> PASSKEY = Map.of(Authenticator.NAME, "passkey", "service.id", 6L);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final FakeRedirectLogin oidc = new FakeRedirectLogin("zoe");
    private final FakePasskeys passkeys = new FakePasskeys("yan");
    private AccessBench bench;
    private ChallengeLogin logins;

    @Before
    public void bindAuthenticators() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
        bench.access.bindAuthenticator(oidc, OIDC);
        bench.access.bindAuthenticator(passkeys, PASSKEY);
        logins = new ChallengeLoginService(bench.access);
    }

    @After
    public void stop() {
        bench.close();
    }

    private Login logInWithRedirect() throws Exception {
        Started started = logins.beginLogin("oidc", BACK, HERE);
        return logins.completeLogin(started.id(), oidc.approveLogin(started.challenge()), HERE);
    }

    @Test
    public void aRedirectLogsInAUserWhoThenIsLikeAnyOther() throws Exception {
        assertEquals(List.of("oidc", "passkey"), logins.listMethods());
        Login zoe = logInWithRedirect();
        assertEquals("zoe", zoe.session().user());
        assertTrue(bench.access.hasPermission(zoe.session(), Permission.VIEW, "bay1"));
        assertFalse(bench.access.hasPermission(zoe.session(), Permission.CONTROL, "bay1"));
        assertTrue(bench.access.session(zoe.token()).isPresent());
        assertTrue(bench.audit.lines().toString(), bench.audit.lines().stream().anyMatch(line -> line.startsWith("login zoe") && line.contains("authenticator=oidc")));
        oidc.removeUser();
        bench.time.pass(Duration.ofMinutes(1));
        bench.access.tasks().recheckNow();
        assertFalse("looked up again like a directory's", bench.access.session(zoe.token()).isPresent());
    }

    @Test
    public void aPasskeyLogsInAUserAndNeedsNoPage() throws Exception {
        Started started = logins.beginLogin("passkey", BACK, HERE);
        assertTrue(started.challenge() instanceof Challenge.Options);
        Login yan = logins.completeLogin(started.id(), passkeys.signChallenge(started.challenge()), HERE);
        assertEquals("yan", yan.session().user());
        assertTrue(bench.access.hasPermission(yan.session(), Permission.VIEW, "bay1"));
    }

    @Test
    public void aResponseCountsOnceAndForItsOwnLoginOnly() throws Exception {
        Started first = logins.beginLogin("oidc", BACK, HERE);
        LoginResponse response = oidc.approveLogin(first.challenge());
        Started second = logins.beginLogin("oidc", BACK, HERE);
        assertNotEquals(first.id(), second.id());
        assertEquals("of another login", Reason.BAD_CREDENTIALS, refused(() -> logins.completeLogin(second.id(), response, HERE)));
        LoginResponse fresh = oidc.approveLogin(first.challenge());
        logins.completeLogin(first.id(), fresh, HERE);
        assertEquals("used", Reason.BAD_CREDENTIALS, refused(() -> logins.completeLogin(first.id(), fresh, HERE)));
        assertEquals("unknown", Reason.BAD_CREDENTIALS, refused(() -> logins.completeLogin("", response, HERE)));
    }

    @Test
    public void aWrongResponseUsesUpTheLoginAndIsAudited() throws Exception {
        Started started = logins.beginLogin("passkey", BACK, HERE);
        LoginResponse right = passkeys.signChallenge(started.challenge());
        Map<String, String> forged = new HashMap<>(right.fields());
        forged.put("signature", "forged");
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> logins.completeLogin(started.id(), new LoginResponse(forged), HERE)));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> logins.completeLogin(started.id(), right, HERE)));
        assertTrue(bench.audit.lines().contains("login.failed  127.0.0.1 {at=passkey}"));
    }

    @Test
    public void aLoginWaitsForTenMinutes() throws Exception {
        Started late = logins.beginLogin("oidc", BACK, HERE);
        bench.time.pass(Duration.ofMinutes(10));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> logins.completeLogin(late.id(), oidc.approveLogin(late.challenge()), HERE)));
    }

    @Test
    public void guessesAndStartsAreLimitedByAddress() throws Exception {
        Reason reason = Reason.BAD_CREDENTIALS;
        int guesses = 0;
        while (reason == Reason.BAD_CREDENTIALS && guesses < 20) {
            reason = refused(() -> logins.completeLogin("guess", new LoginResponse(Map.of()), "192.0.2.66"));
            guesses++;
        }
        assertEquals(Reason.TOO_MANY_ATTEMPTS, reason);
        for (int start = 0; start < 10; start++) {
            logins.beginLogin("oidc", BACK, "192.0.2.67");
        }
        assertEquals(Reason.TOO_MANY_ATTEMPTS, refused(() -> logins.beginLogin("oidc", BACK, "192.0.2.67")));
        logins.beginLogin("oidc", BACK, "192.0.2.68");
    }

    @Test
    public void anAuthenticatorThatIsAwayOrUnknownLetsNobodyIn() throws Exception {
        Started started = logins.beginLogin("oidc", BACK, HERE);
        bench.access.unbindAuthenticator(oidc, OIDC);
        assertEquals(Reason.UNAVAILABLE, refused(() -> logins.completeLogin(started.id(), oidc.approveLogin(started.challenge()), HERE)));
        assertEquals(Reason.NOT_FOUND, refused(() -> logins.beginLogin("oidc", BACK, HERE)));
        assertEquals("takes passwords only", Reason.NOT_FOUND, refused(() -> logins.beginLogin("file", BACK, HERE)));
        passkeys.setUnavailable(true);
        assertEquals(Reason.UNAVAILABLE, refused(() -> logins.beginLogin("passkey", BACK, HERE)));
    }

    @Test
    public void aNameOfTheDeviceIsNotTakenOver() throws Exception {
        bench.users.add(bench.asAdmin(), "zoe", AccessBench.PASSWORD.toCharArray(), AccessBench.ADMIN);
        assertEquals(Reason.BAD_CREDENTIALS, refused(this::logInWithRedirect));
    }

    @Test
    public void aPasswordIsNeverShownToAnAuthenticatorWithoutPasswords() throws Exception {
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> bench.login("zoe", AccessBench.PASSWORD)));
        bench.access.unbindAuthenticator(bench.file, AccessBench.FILE);
        assertEquals("no authenticator can check it", Reason.UNAVAILABLE, refused(() -> bench.login("zoe", AccessBench.PASSWORD)));
    }

    @Test
    public void usersWithoutAPasswordProveTheirIdentityInTheWayTheyLoggedIn() throws Exception {
        Started begun = logins.beginLogin("passkey", BACK, HERE);
        Login yan = logins.completeLogin(begun.id(), passkeys.signChallenge(begun.challenge()), HERE);
        bench.time.pass(Duration.ofMinutes(15));
        bench.access.tasks().recheckNow();
        assertFalse(bench.access.recentlyProved(yan.session()));
        assertEquals("no guess, and no misleading message", Reason.INVALID, refused(() -> bench.access.proveAgain(by(yan), "some words".toCharArray(), "")));
        Started again = logins.beginLogin("passkey", BACK, HERE);
        logins.proveAgain(by(yan), again.id(), passkeys.signChallenge(again.challenge()));
        assertTrue(bench.access.recentlyProved(yan.session()));
        assertTrue(bench.audit.lines().toString(), bench.audit.lines().stream().anyMatch(line -> line.startsWith("proof yan " + HERE + " {by=passkey, session=")));
        assertEquals("used", Reason.BAD_CREDENTIALS, refused(() -> logins.proveAgain(by(yan), again.id(), passkeys.signChallenge(again.challenge()))));
    }

    @Test
    public void theProofOfAnotherUserOrMethodIsNoneAndCounts() throws Exception {
        Login zoe = logInWithRedirect();
        bench.time.pass(Duration.ofMinutes(15));
        bench.access.tasks().recheckNow();
        Started other = logins.beginLogin("passkey", BACK, HERE);
        assertEquals("another method", Reason.BAD_CREDENTIALS, refused(() -> logins.proveAgain(by(zoe), other.id(), passkeys.signChallenge(other.challenge()))));
        FakeRedirectLogin stranger = new FakeRedirectLogin("xaver");
        bench.access.unbindAuthenticator(oidc, OIDC);
        bench.access.bindAuthenticator(stranger, OIDC);
        Started foreign = logins.beginLogin("oidc", BACK, HERE);
        assertEquals("another user", Reason.BAD_CREDENTIALS, refused(() -> logins.proveAgain(by(zoe), foreign.id(), stranger.approveLogin(foreign.challenge()))));
        assertFalse(bench.access.recentlyProved(zoe.session()));
        assertEquals(2, bench.audit.actions().stream().filter("proof.failed"::equals).count());
        bench.access.logout(zoe.session());
        assertEquals(Reason.FORBIDDEN, refused(() -> logins.proveAgain(by(zoe), foreign.id(), new LoginResponse(Map.of()))));
    }

    @Test
    public void aResponseIsBounded() {
        assertThrows(IllegalArgumentException.class, () -> new LoginResponse(Map.of("code", "x".repeat(LoginResponse.MAX_VALUE_CHARS + 1))));
        assertThrows(IllegalArgumentException.class, () -> new Challenge.Redirect(URI.create("javascript:alert(1)")));
    }
}
