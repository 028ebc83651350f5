package org.catseye.core.access.password;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.junit.Test;

public class PasswordHasherTest {

    private final PasswordHasher passwords = new PasswordHasher(Duration.ofSeconds(30));

    /** A vector of the reference implementation (test.c): 2 passes, 256 KiB. */
    @Test
    public void computesWhatTheReferenceImplementationDoes() throws AccessException {
        PasswordHash reference = PasswordHash.parsePhc("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
        assertTrue(passwords.matchesHash("password".toCharArray(), reference));
        assertFalse(passwords.matchesHash("passwore".toCharArray(), reference));
    }

    @Test
    public void aHashSurvivesItsTextFormAndIsSalted() throws AccessException {
        char[] secret = "correct horse".toCharArray();
        PasswordHash one = passwords.hashPassword(secret);
        PasswordHash read = PasswordHash.parsePhc(one.toPhc());
        assertTrue(passwords.matchesHash(secret, read));
        assertEquals(12 * 1024, read.memory());
        assertArrayEquals(one.salt(), read.salt());
        assertNotEquals(one.toPhc(), passwords.hashPassword(secret).toPhc());
        assertEquals("the caller's array is his own", "correct horse", new String(secret));
        assertFalse("reaches no log", one.toString().contains(one.toPhc().substring(40)));
    }

    @Test
    public void composedAndDecomposedLettersAreTheSame() throws AccessException {
        PasswordHash hash = passwords.hashPassword("caf\u00e9 caf\u00e9".toCharArray());
        assertTrue(passwords.matchesHash("cafe\u0301 cafe\u0301".toCharArray(), hash));
        assertFalse(passwords.matchesHash("cafe cafe".toCharArray(), hash));
    }

    @Test
    public void onlyOtherSettingsAreOutdated() throws AccessException {
        assertFalse(passwords.isOutdated(passwords.hashPassword("whatever it is".toCharArray())));
        assertTrue(passwords.isOutdated(PasswordHash.parsePhc("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")));
    }

    @Test
    public void aTextThatIsNoHashOrAsksForTooMuchIsRefusedWithoutBeingRepeated() {
        for (String bad : List.of("", "secret", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=4,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")) {
            String message = assertThrows(bad, IllegalArgumentException.class, () -> PasswordHash.parsePhc(bad)).getMessage();
            assertFalse(message, message.contains("nf65EO"));
        }
    }

    @Test
    public void aCrowdIsSentAwayInsteadOfHoldingUpTheServer() throws Exception {
        PasswordHasher hasty = new PasswordHasher(Duration.ZERO);
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> crowd = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                crowd.add(() -> {
                    hasty.hashPassword("some long password".toCharArray());
                    return true;
                });
            }
            int served = 0;
            for (Future<Boolean> one : pool.invokeAll(crowd)) {
                try {
                    served += one.get() ? 1 : 0;
                } catch (ExecutionException e) {
                    AccessException refusal = (AccessException) e.getCause();
                    assertEquals(Reason.TOO_MANY_ATTEMPTS, refusal.reason());
                    assertFalse(refusal.retryAfter().isZero());
                }
            }
            assertTrue(served + " of 8 served", served >= 1 && served < 8);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void shortLongAndKnownPasswordsAreWeak() throws AccessException {
        for (String bad : List.of("", "1234567", "x".repeat(1025), "8letters", "Password1", "RASPBERRY", "aaaaaaaaaaaa", "sunshine", "dragon2024", "Monkey!!!", "P@ssw0rd", "p4$$w0rd1!",
                "Catseye#1", "1q2w3e4r", "12345678", "0123456789", "87654321", "admin1234", "liverpool", "corvette", "trustno1", "administrator", "raspberrypi1")) {
            AccessException refusal = assertThrows(bad, AccessException.class, () -> PasswordRule.checkPassword(bad.toCharArray()));
            assertEquals(Reason.WEAK_PASSWORD, refusal.reason());
            assertTrue(bad.length() < 8 || !refusal.getMessage().contains(bad));
        }
        for (String good : List.of("8 signs!", "ab".repeat(512), "three odd words", "blue tulips sing", "correct horse battery", "dragon flies over 2024", "password of mine, a long one")) {
            PasswordRule.checkPassword(good.toCharArray());
        }
    }

    @Test
    public void aHashThatFailsGivesItsPlaceBack() throws AccessException {
        PasswordHasher impatient = new PasswordHasher(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            assertThrows(NullPointerException.class, () -> impatient.hashPassword(null));
        }
        assertTrue(impatient.hashPassword("correct horse".toCharArray()).memory() > 0);
    }
}
