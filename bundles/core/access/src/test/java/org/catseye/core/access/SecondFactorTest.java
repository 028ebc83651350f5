package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.HERE;
import static org.catseye.core.access.AccessBench.PASSWORD;
import static org.catseye.core.access.AccessBench.WATCH;
import static org.catseye.core.access.AccessBench.by;
import static org.catseye.core.access.AccessBench.refused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.util.encoders.Base32;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Permission;
import org.catseye.access.SecondFactors;
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
        factors = new FileSecondFactors(bench.access);
        ann = bench.add("ann", WATCH);
    }

    @After
    public void stop() {
        bench.close();
    }

    private static char[] secret(String text) {
        return text.toCharArray();
    }

    private String code(String secret) {
        return new Totp(secret, 0, Set.of()).code(bench.time.instant().getEpochSecond() / 30);
    }

    private Login login(String code) throws AccessException {
        return bench.access.login("ann", secret(PASSWORD), code, HERE);
    }

    private void nextCode() {
        bench.time.pass(Duration.ofSeconds(30));
    }

    private String enrolled() throws AccessException {
        String secret = factors.begin(by(ann), secret(PASSWORD)).secret();
        factors.confirm(by(ann), code(secret));
        return secret;
    }

    @Test
    public void theCodesAreThoseOfTheStandard() {
        // RFC 6238, appendix B: the last six of the eight digits for SHA-1.
        String secret = Base32.toBase32String("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
        Map<Long, String> known = Map.of(59L, "287082", 1111111109L, "081804", 1111111111L, "050471", 1234567890L, "005924", 2000000000L, "279037", 20000000000L, "353130");
        known.forEach((time, digits) -> {
            assertEquals(digits, new Totp(secret, 0, Set.of()).code(time / 30));
            assertTrue(new Totp(secret, 0, Set.of()).use(digits, Instant.ofEpochSecond(time)).isPresent());
        });
    }

    @Test
    public void aCodeIsGoodForHalfAMinuteAndAStepOnEitherSide() {
        Totp factor = Totp.fresh();
        Instant now = bench.time.instant();
        String digits = factor.code(now.getEpochSecond() / 30);
        for (int steps = -3; steps <= 3; steps++) {
            assertEquals("off by " + steps, Math.abs(steps) <= 1, factor.use(digits, now.plusSeconds(30L * steps)).isPresent());
        }
        assertTrue("as people type it", factor.use(digits.substring(0, 3) + " " + digits.substring(3), now).isPresent());
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
        assertEquals(Attempts.FREE + 2, guesses);
    }

    @Test
    public void recoveryCodesWorkOnceAndAreKeptAsHashes() throws Exception {
        String secret = factors.begin(by(ann), secret(PASSWORD)).secret();
        List<String> codes = factors.confirm(by(ann), code(secret));
        assertEquals(Totp.RECOVERY_CODES, new HashSet<>(codes).size());
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
        bench.time.pass(FileSecondFactors.PATIENCE);
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

    private void enrolledLater() throws AccessException {
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
