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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Permission;
import org.catseye.access.SecondFactors;
import org.catseye.core.access.administration.SecondFactorService;
import org.catseye.core.access.login.LoginAttempts;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SecondFactorTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private AccessBench bench;
    private SecondFactors factors;
    private Login ann;

    @Before
    public void claim() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
        factors = new SecondFactorService(bench.access, bench.file);
        ann = bench.add("ann", WATCH);
    }

    @After
    public void stop() throws Exception {
        bench.close();
    }

    private static char[] secret(String text) {
        return text.toCharArray();
    }

    private String code(String secret) throws GeneralSecurityException {
        return Codes.of(secret, bench.time.instant());
    }

    private Login login(String code) throws AccessException {
        return bench.access.login("ann", secret(PASSWORD), code, HERE);
    }

    private void nextCode() {
        bench.time.pass(Duration.ofSeconds(30));
    }

    private String enrolled() throws Exception {
        String secret = factors.begin(by(ann), secret(PASSWORD)).secret();
        factors.confirm(by(ann), code(secret));
        return secret;
    }

    @Test
    public void aUserWithASecondFactorNeedsItAndAnotherDoesNot() throws Exception {
        String secret = enrolled();
        nextCode();
        assertEquals(Reason.OTP_REQUIRED, refused(() -> login("")));
        assertEquals("nothing is told to who does not know the password", Reason.BAD_CREDENTIALS, refused(() -> bench.login("ann", "wrong words")));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> login("000000".equals(code(secret)) ? "000001" : "000000")));
        assertEquals("ann", login(code(secret)).session().user());
        bench.login("admin", PASSWORD);
        assertTrue(bench.users.user(bench.asAdmin(), "ann").secondFactor());
    }

    @Test
    public void aCodeIsNotTakenTwiceNorOneFromBeforeAlsoAfterARestart() throws Exception {
        String secret = enrolled();
        String first = code(secret);
        assertEquals("the one that switched it on", Reason.BAD_CREDENTIALS, refused(() -> login(first)));
        nextCode();
        String second = code(secret);
        login(second);
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> login(second)));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> login(first)));
        bench.restart();
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> login(second)));
        nextCode();
        login(code(secret));
    }

    @Test
    public void guessingCodesIsSlowedDown() throws Exception {
        enrolled();
        Reason reason = Reason.BAD_CREDENTIALS;
        int guesses = 0;
        while (reason == Reason.BAD_CREDENTIALS && guesses < 20) {
            reason = refused(() -> login("not a code"));
            guesses++;
        }
        assertEquals(Reason.TOO_MANY_ATTEMPTS, reason);
        assertEquals(LoginAttempts.FREE_FAILURES + 2, guesses);
    }

    @Test
    public void recoveryCodesWorkOnceAndAreKeptAsHashes() throws Exception {
        String secret = factors.begin(by(ann), secret(PASSWORD)).secret();
        List<String> codes = factors.confirm(by(ann), code(secret));
        assertEquals(10, new HashSet<>(codes).size());
        String file = Files.readString(bench.home.resolve("users.json"));
        for (String one : codes) {
            assertTrue(one, one.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
            assertFalse(file.contains(one) || file.contains(one.replace("-", "")));
        }
        login(codes.get(3).toLowerCase());
        bench.restart();
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> login(codes.get(3))));
        login(codes.get(4).replace("-", ""));
    }

    @Test
    public void nothingIsSwitchedOnBeforeACodeWasSeen() throws Exception {
        assertEquals(Reason.INVALID, refused(() -> factors.confirm(by(ann), "123456")));
        SecondFactors.Enrolment begun = factors.begin(by(ann), secret(PASSWORD));
        assertTrue(begun.uri(), begun.uri().matches("otpauth://totp/Catseye:ann%20on%20\\S+\\?secret=" + begun.secret() + "&issuer=Catseye&algorithm=SHA1&digits=6&period=30"));
        assertFalse(begun.toString().contains(begun.secret()));
        assertEquals(Reason.INVALID, refused(() -> factors.confirm(by(ann), "not it")));
        login("");
        bench.time.pass(Duration.ofMinutes(10));
        assertEquals("too late", Reason.INVALID, refused(() -> factors.confirm(by(ann), code(begun.secret()))));
    }

    @Test
    public void itIsSwitchedOnAndOffWithThePasswordOrOffByAnAdmin() throws Exception {
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> factors.begin(by(ann), secret("wrong words"))));
        enrolled();
        assertEquals(Reason.CONFLICT, refused(() -> factors.begin(by(ann), secret(PASSWORD))));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> factors.remove(by(ann), "ann", secret("wrong words"))));
        assertEquals(Reason.FORBIDDEN, refused(() -> factors.remove(by(ann), "admin", secret(PASSWORD))));
        factors.remove(by(ann), "ann", secret(PASSWORD));
        login("");
        assertEquals(Reason.NOT_FOUND, refused(() -> factors.remove(by(ann), "ann", secret(PASSWORD))));
        enrolledLater();
        factors.remove(bench.asAdmin(), "ann", secret(""));
        login("");
        assertTrue(bench.audit.actions().containsAll(List.of("second-factor.on", "second-factor.off")));
        Login token = bench.sessions.createToken(by(ann), "t", Map.of("*", Set.of(Permission.VIEW)), bench.time.instant().plusSeconds(60));
        assertEquals(Reason.FORBIDDEN, refused(() -> factors.begin(by(token), secret(PASSWORD))));
    }

    private void enrolledLater() throws Exception {
        nextCode();
        enrolled();
        assertEquals(Reason.OTP_REQUIRED, refused(() -> login("")));
    }

    @Test
    public void aNewPasswordKeepsTheSecondFactor() throws Exception {
        enrolled();
        bench.users.resetPassword(bench.asAdmin(), "ann", secret("four other odd words"));
        assertEquals(Reason.OTP_REQUIRED, refused(() -> bench.login("ann", "four other odd words")));
    }
}
