package org.catseye.core.access.login;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.concurrent.AddressKey;
import org.catseye.core.access.login.KnownDevices.KnownDevice;
import org.catseye.testkit.FakeTime;
import org.junit.Test;

public class LoginAttemptsTest {

    private final FakeTime time = new FakeTime();
    private final LoginAttempts attempts = new LoginAttempts(time::nanos);

    @Test
    public void theWaitDoublesUpToAMinute() throws AccessException {
        failFreely("admin", "192.0.2.1");
        for (long expected : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            attemptAfterWaiting("admin", "192.0.2.1", expected);
        }
    }

    private void attemptAfterWaiting(String user, String address, long expected) throws AccessException {
        attempts.beginAttempt(user, address);
        assertEquals(expected, wait(user, address).toSeconds());
        time.pass(Duration.ofSeconds(expected).minusMillis(1));
        wait(user, address);
        time.pass(Duration.ofMillis(1));
    }

    @Test
    public void aKnownBrowserHasGuessesOfItsOwnForItsUserOnly() throws AccessException {
        Optional<KnownDevice> browser = Optional.of(new KnownDevice("id", LoginAttempts.userKey("ann")));
        failFreely("ann", "192.0.2.1");
        attempts.beginAttempt("ann", "192.0.2.1");
        wait("ann", "192.0.2.1");
        attempts.beginAttempt("Ann", "192.0.2.1", browser).markSucceeded();
        assertThrows("it is nobody else's", AccessException.class, () -> attempts.beginAttempt("bob", "192.0.2.1", browser));
        for (int i = 0; i <= LoginAttempts.FREE_FAILURES; i++) {
            attempts.beginAttempt("ann", "198.51.100." + i, browser);
        }
        assertThrows("a stolen one doesn't guess forever", AccessException.class, () -> attempts.beginAttempt("ann", "203.0.113.1", browser));
    }

    @Test
    public void aThousandGuessesAtOneNameFromManyAddressesGetNowhere() {
        int through = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                attempts.beginAttempt("admin", "192.0." + i / 250 + "." + i % 250);
                through++;
            } catch (AccessException e) {
                time.pass(Duration.ofMillis(10));
            }
        }
        assertTrue(through + " got through", through <= LoginAttempts.FREE_FAILURES + 5);
    }

    @Test
    public void anotherSpellingOfANameHasNoGuessesOfItsOwn() throws AccessException {
        List<String> spellings = List.of("ann", "ANN", "Ann ", " aNN", "anN", "ANn");
        for (int i = 0; i < spellings.size(); i++) {
            attempts.beginAttempt(spellings.get(i), "192.0.2." + i);
        }
        wait("aNn", "192.0.2.99");
    }

    @Test
    public void manyNamesFromOneAddressAreSlowedDown() throws AccessException {
        for (int i = 0; i <= LoginAttempts.FREE_FAILURES; i++) {
            attempts.beginAttempt("user" + i, "192.0.2.1");
        }
        wait("another", "192.0.2.1");
        attempts.beginAttempt("another", "192.0.2.2");
    }

    @Test
    public void addressesOfOneSlash64AreOne() throws AccessException {
        for (int i = 0; i <= LoginAttempts.FREE_FAILURES; i++) {
            attempts.beginAttempt("", "2001:db8:1:2::" + i);
        }
        wait("", "[2001:db8:1:2:ffff::1]");
        attempts.beginAttempt("", "2001:db8:1:3::1");
        assertEquals(AddressKey.fromAddress("fe80::1%eth0"), AddressKey.fromAddress("fe80::2"));
        assertEquals("an IPv4 address in IPv6 clothes", AddressKey.fromAddress("192.0.2.1"), AddressKey.fromAddress("::ffff:192.0.2.1"));
        assertNotEquals(AddressKey.fromAddress("192.0.2.1"), AddressKey.fromAddress("192.0.2.2"));
        assertEquals("no name server is asked", "example.invalid", AddressKey.fromAddress("example.invalid"));
    }

    @Test
    public void successStartsAfreshAndNobodyCanShutOutTheOwner() throws AccessException {
        failFreely("admin", "192.0.2.1");
        attempts.beginAttempt("admin", "192.0.2.9").markSucceeded();
        for (int i = 0; i <= LoginAttempts.FREE_FAILURES; i++) {
            attempts.beginAttempt("admin", "198.51.100." + i);
        }
        wait("admin", "198.51.100.77");
        attempts.beginAttempt("admin", "192.0.2.9").markSucceeded();
        wait("admin", "198.51.100.77");
    }

    @Test
    public void whoGotInBeforeTheRestartIsNotShutOutAndTheLastOnesToldAreKept() throws AccessException {
        attempts.addKnownAddress("admin", "192.0.2.9");
        attempts.addKnownAddress("admin", "");
        for (int i = 0; i <= LoginAttempts.FREE_FAILURES; i++) {
            attempts.beginAttempt("admin", "198.51.100." + i);
        }
        wait("admin", "");
        attempts.beginAttempt(" ADMIN", "::ffff:192.0.2.9").cancelAttempt();
        for (int i = 0; i < LoginAttempts.MAX_KNOWN_ADDRESSES; i++) {
            attempts.addKnownAddress("user" + i, "192.0.2.9");
        }
        wait("admin", "192.0.2.9");
    }

    @Test
    public void anAddressIsKnownFromTheFirstLoginOn() throws AccessException {
        attempts.beginAttempt("admin", "192.0.2.9");
        assertFalse("a guess is no login", attempts.isKnownAddress("192.0.2.9"));
        attempts.beginAttempt("admin", "192.0.2.9").markSucceeded();
        attempts.addKnownAddress("ann", "2001:db8:1:2::5");
        assertTrue(attempts.isKnownAddress("192.0.2.9") && attempts.isKnownAddress("::ffff:192.0.2.9"));
        assertTrue("its network", attempts.isKnownAddress("2001:db8:1:2::77"));
        assertFalse(attempts.isKnownAddress("92.0.2.9") || attempts.isKnownAddress("2001:db8:1:3::5") || attempts.isKnownAddress(""));
    }

    @Test
    public void anAccountOfOnesOwnGivesNoMoreGuessesAtOthers() throws AccessException {
        for (int i = 0; i < LoginAttempts.FREE_FAILURES; i++) {
            attempts.beginAttempt("mallory", "192.0.2.1").markSucceeded();
            attempts.beginAttempt("admin", "192.0.2.1");
        }
        attempts.beginAttempt("admin", "192.0.2.1");
        wait("mallory", "192.0.2.1");
    }

    @Test
    public void aCancelledAttemptCountsForNothingAndOldFailuresAreForgotten() throws AccessException {
        for (int i = 0; i < 100; i++) {
            attempts.beginAttempt("admin", "192.0.2.1").cancelAttempt();
        }
        failFreely("admin", "192.0.2.1");
        attempts.beginAttempt("admin", "192.0.2.1");
        wait("admin", "192.0.2.1");
        time.pass(LoginAttempts.MEMORY.plusSeconds(1));
        failFreely("admin", "192.0.2.1");
    }

    private void failFreely(String user, String address) throws AccessException {
        for (int i = 0; i < LoginAttempts.FREE_FAILURES; i++) {
            attempts.beginAttempt(user, address);
        }
    }

    private Duration wait(String user, String address) {
        AccessException refusal = assertThrows(AccessException.class, () -> attempts.beginAttempt(user, address));
        assertEquals(Reason.TOO_MANY_ATTEMPTS, refusal.reason());
        return refusal.retryAfter();
    }
}
