package org.catseye.core.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.spi.SessionKeeper;
import org.catseye.concurrent.AddressKey;

/**
 * Slows down guessing: {@value #FREE} failures are free, then each doubles the wait, from one second to a minute. Counted per
 * user name and per address. An attempt counts as failed from its beginning, so that guesses side by side gain nothing. An
 * address from which a user once got in is not slowed down by what others try with his name: nobody can shut out the owner.
 * Bounded in memory; thread-safe.
 */
final class Attempts {

    static final int FREE = 5;
    static final Duration LONGEST = Duration.ofMinutes(1);
    /** Failures are forgotten when this long none was added. */
    static final Duration MEMORY = Duration.ofMinutes(15);

    private static final int MOST_ENTRIES = 4096;
    static final int MOST_FRIENDS = 256;

    private final LongSupplier nanos;
    /** Guarded by this, as are the friends. In order of last use. */
    private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<String> friends = new LinkedHashSet<>();

    /** @param nanos a clock that only goes forward, like {@link System#nanoTime} */
    Attempts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param user name, empty if there is none to guess at
     * @throws AccessException TOO_MANY_ATTEMPTS, with the wait
     */
    synchronized Guess begin(String user, String address) throws AccessException {
        String from = from(address);
        String who = who(user);
        boolean friend = friends.contains(who + "\n" + from);
        long wait = waitNanos(from);
        boolean byName = !user.isEmpty() && !friend;
        if (byName) {
            wait = Math.max(wait, waitNanos(who));
        }
        if (wait > 0) {
            Duration retry = Duration.ofSeconds(Math.max(1, Duration.ofNanos(wait + 999_999_999).toSeconds()));
            throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Too many attempts. Try again in " + retry.toSeconds() + " s.", retry);
        }
        fail(from);
        if (byName) {
            fail(who);
        }
        return new Guess(who, from, byName);
    }

    /**
     * This user got in from there before the restart: it must not be the moment to shut him out. The last ones told are kept longest.
     *
     * @param address without effect if it is empty: it was not written down
     */
    synchronized void knows(String user, String address) {
        if (!address.isEmpty()) {
            befriend(who(user), from(address));
        }
    }

    private void befriend(String who, String from) {
        String friend = who + "\n" + from;
        friends.remove(friend);
        friends.add(friend);
        trim(friends, MOST_FRIENDS);
    }

    private static String from(String address) {
        return "address " + AddressKey.fromAddress(address);
    }

    private static String who(String user) {
        // A directory takes ANN for ann: each spelling must not have free guesses of its own.
        String name = user.strip().toLowerCase(Locale.ROOT);
        return "user " + (name.length() > 64 ? name.substring(0, 64) : name);
    }

    private long waitNanos(String key) {
        Count count = counts.get(key);
        return count == null || count.old() ? 0 : count.until - nanos.getAsLong();
    }

    private void fail(String key) {
        Count count = counts.computeIfAbsent(key, k -> new Count());
        if (count.old()) {
            count.failures = 0;
        }
        count.failures++;
        count.last = nanos.getAsLong();
        count.setUntil();
        trim(counts.keySet(), MOST_ENTRIES);
    }

    private static void trim(Set<String> keys, int most) {
        var oldest = keys.iterator();
        while (keys.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    private final class Count {
        private int failures;
        private long last = nanos.getAsLong();
        private long until = last;

        private void setUntil() {
            long seconds = failures <= FREE ? 0 : 1L << Math.min(30, failures - FREE - 1);
            until = last + Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())).toNanos();
        }

        private boolean old() {
            return nanos.getAsLong() - last > MEMORY.toNanos();
        }
    }

    /** One attempt that was let through. What is told to it counts once; told nothing, it failed. */
    final class Guess implements SessionKeeper.Attempt {
        private final String who;
        private final String from;
        private final boolean byName;

        private Guess(String who, String from, boolean byName) {
            this.who = who;
            this.from = from;
            this.byName = byName;
        }

        /**
         * The right password: the name starts afresh, unless the address was known (the owner's logins must not give a guesser
         * new free ones). The address only gets this attempt back: it may log in to an account of its own between the guesses.
         */
        @Override
        public void succeeded() {
            synchronized (Attempts.this) {
                if (byName) {
                    counts.remove(who);
                }
                forget(from);
                befriend(who, from);
            }
        }

        /** It was neither right nor wrong, because nobody looked. */
        @Override
        public void cancelled() {
            synchronized (Attempts.this) {
                if (byName) {
                    forget(who);
                }
                forget(from);
            }
        }

        private void forget(String key) {
            Count count = counts.get(key);
            if (count != null && count.failures > 0) {
                count.failures--;
                count.setUntil();
            }
        }
    }
}
