package org.catseye.core.access.login;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.concurrent.AddressKey;
import org.catseye.concurrent.SizeLimit;
import org.catseye.core.access.login.KnownDevices.KnownDevice;

/**
 * Slows down guessing: {@value #FREE_FAILURES} failures are free, then each doubles the wait, from one second to a minute. Failures are counted per user
 * name and per address or known browser. An attempt counts as failed as soon as it starts, so that parallel guesses gain nothing. Attempts from elsewhere don't slow
 * down an address from which the user has logged in, or a browser with which they did, so that attackers can't lock out the owner. Bounded in memory; thread-safe. This is no
 * {@link org.catseye.concurrent.TokenBucket}: a bucket refills at a steady rate, but here each failure doubles the wait, and a success undoes failures.
 */
public final class LoginAttempts {

    public static final int FREE_FAILURES = 5;
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    /** Failures are forgotten this long after the last one. */
    static final Duration MEMORY = Duration.ofMinutes(15);

    private static final int MAX_ENTRIES = 4096;
    static final int MAX_KNOWN_ADDRESSES = 256;

    private final LongSupplier nanos;
    /** Guarded by this, as are the known addresses. In order of last use. */
    private final Map<String, FailureCount> counts = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<String> knownAddresses = new LinkedHashSet<>();

    /** @param nanos a clock that only goes forward, like {@link System#nanoTime} */
    public LoginAttempts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param user name; empty if no user name is guessed
     * @throws AccessException TOO_MANY_ATTEMPTS, with the wait
     */
    public Guess beginAttempt(String user, String address) throws AccessException {
        return beginAttempt(user, address, Optional.empty());
    }

    /**
     * As the other one, with the browser. If it is one of this user, its attempts are counted instead of those from its address.
     *
     * @param device the browser, if it is a known one
     */
    synchronized Guess beginAttempt(String user, String address, Optional<KnownDevice> device) throws AccessException {
        String who = userKey(user);
        Optional<KnownDevice> own = device.filter(browser -> browser.user().equals(who));
        String network = addressKey(address);
        String from = own.map(browser -> "browser " + browser.id()).orElse(network);
        boolean known = own.isPresent() || knownAddresses.contains(who + "\n" + network);
        long wait = waitNanos(from);
        boolean byName = !user.isEmpty() && !known;
        if (byName) {
            wait = Math.max(wait, waitNanos(who));
        }
        if (wait > 0) {
            Duration retry = Duration.ofSeconds(Math.max(1, Duration.ofNanos(wait + 999_999_999).toSeconds()));
            throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Too many attempts. Try again in " + retry.toSeconds() + " s.", retry);
        }
        countFailure(from);
        if (byName) {
            countFailure(who);
        }
        return new Guess(who, from, network, byName);
    }

    /**
     * The user logged in from this address before the restart, so attackers can't use the restart to lock the user out. The most recently added
     * addresses are kept longest.
     *
     * @param address empty if it was not recorded; without effect then
     */
    public synchronized void addKnownAddress(String user, String address) {
        if (!address.isEmpty()) {
            rememberAddress(userKey(user), addressKey(address));
        }
    }

    /** Whether any user has logged in from this address. */
    public synchronized boolean isKnownAddress(String address) {
        String end = "\n" + addressKey(address);
        return knownAddresses.stream().anyMatch(known -> known.endsWith(end));
    }

    private void rememberAddress(String who, String from) {
        String known = who + "\n" + from;
        knownAddresses.remove(known);
        knownAddresses.add(known);
        SizeLimit.removeOldest(knownAddresses, MAX_KNOWN_ADDRESSES);
    }

    private static String addressKey(String address) {
        return "address " + AddressKey.fromAddress(address);
    }

    static String userKey(String user) {
        // A directory takes ANN for ann, so spellings must share their free failures.
        String name = user.strip().toLowerCase(Locale.ROOT);
        return "user " + (name.length() > 64 ? name.substring(0, 64) : name);
    }

    private long waitNanos(String key) {
        FailureCount count = counts.get(key);
        return count == null || count.isOld() ? 0 : count.until - nanos.getAsLong();
    }

    private void countFailure(String key) {
        FailureCount count = counts.computeIfAbsent(key, k -> new FailureCount());
        if (count.isOld()) {
            count.failures = 0;
        }
        count.failures++;
        count.last = nanos.getAsLong();
        count.updateWait();
        SizeLimit.removeOldest(counts.keySet(), MAX_ENTRIES);
    }

    private final class FailureCount {
        private int failures;
        private long last = nanos.getAsLong();
        private long until = last;

        private void updateWait() {
            long seconds = failures <= FREE_FAILURES ? 0 : 1L << Math.min(30, failures - FREE_FAILURES - 1);
            until = last + Duration.ofSeconds(Math.min(seconds, MAX_WAIT.toSeconds())).toNanos();
        }

        private boolean isOld() {
            return nanos.getAsLong() - last > MEMORY.toNanos();
        }
    }

    /** An attempt that was allowed. It counts as failed unless one of the two methods is called, once. */
    public final class Guess {
        private final String who;
        private final String from;
        private final String network;
        private final boolean byName;

        private Guess(String who, String from, String network, boolean byName) {
            this.who = who;
            this.from = from;
            this.network = network;
            this.byName = byName;
        }

        /**
         * The secret was right. The failures of the user name are forgotten, unless the address was known: logins of the owner must not give an
         * attacker new free failures. The address gets only this attempt back, because an attacker may log in to an own account between guesses.
         */
        public void markSucceeded() {
            synchronized (LoginAttempts.this) {
                if (byName) {
                    counts.remove(who);
                }
                undoFailure(from);
                rememberAddress(who, network);
            }
        }

        /** The secret was not checked. */
        public void cancelAttempt() {
            synchronized (LoginAttempts.this) {
                if (byName) {
                    undoFailure(who);
                }
                undoFailure(from);
            }
        }

        private void undoFailure(String key) {
            FailureCount count = counts.get(key);
            if (count != null && count.failures > 0) {
                count.failures--;
                count.updateWait();
            }
        }
    }
}
