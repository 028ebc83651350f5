package org.catseye.core.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.Audit.Entry;

/**
 * Keeps whoever can do something cheaply and often from pushing the past out of the record with it. Of one kind, which is an action of a user on a target,
 * {@value #BURST} lines are written one by one, and one more for each minute that has passed; the others of a minute become one line that counts them and
 * shows the newest. What takes ADMIN or a password each time is always written, but for logins: those of a user are merged by where they come from, so
 * that one from elsewhere is always told. Bounded in memory. Not thread-safe.
 */
final class AuditBudget {

    /** Lines of a kind after a quiet while. As many each minute without end would still turn the record over within hours. */
    static final int BURST = 20;

    private static final long PRICE = TimeUnit.MINUTES.toNanos(1);
    static final int MOST_KINDS = 1024;
    private static final int MOST_ADDRESSES = 4;
    /**
     * Of failed logins nothing is here: a name that exists has the brake on guessing, which lets fewer through than the burst; only those without a name, from
     * many addresses, come to be merged.
     */
    private static final Set<String> ALWAYS = Set.of("claim", "recovered");
    private static final String LOGIN = "login";
    private static final List<String> ALWAYS_BEGIN = List.of("user.", "role.", "password.", "second-factor.", "bundle.", "console.");
    /** What tells apart two of an action: without it, noise on one target would hide what happens on another. */
    private static final List<String> TELLING = List.of("target", "check", "tried");

    private final LongSupplier nanos;
    /** In order of last use. */
    private final Map<List<String>, Count> counts = new LinkedHashMap<>(64, 0.75f, true);
    /** Sums of kinds that had to make room. */
    private final List<Entry> pushedOut = new ArrayList<>();

    /** @param nanos a clock that only goes forward, like {@link System#nanoTime} */
    AuditBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether to write it now. If not, it is counted. */
    boolean allows(Entry entry) {
        if (ALWAYS.contains(entry.action()) || ALWAYS_BEGIN.stream().anyMatch(entry.action()::startsWith)) {
            return true;
        }
        Count count = counts.computeIfAbsent(kind(entry), kind -> new Count());
        makeRoom(entry.time());
        count.refill();
        if (count.held == 0 && count.credit >= PRICE) {
            count.credit -= PRICE;
            return true;
        }
        count.hold(entry);
        return false;
    }

    private static List<String> kind(Entry entry) {
        List<String> kind = new ArrayList<>(List.of(cut(entry.action()), cut(entry.user().toLowerCase(Locale.ROOT))));
        TELLING.forEach(name -> kind.add(cut(entry.details().getOrDefault(name, ""))));
        if (entry.action().equals(LOGIN)) {
            kind.add(AddressKey.of(cut(entry.address())));
        }
        return List.copyOf(kind);
    }

    private static String cut(String text) {
        return text.length() > AuditFile.MOST_CHARS ? text.substring(0, AuditFile.MOST_CHARS) : text;
    }

    private void makeRoom(Instant now) {
        Iterator<Count> oldest = counts.values().iterator();
        while (counts.size() > MOST_KINDS) {
            Count count = oldest.next();
            oldest.remove();
            if (count.held > 0) {
                pushedOut.add(count.sum(now));
            }
        }
    }

    /** The sums of those minutes that are over, to be written. To be called every few seconds, and before each line. */
    List<Entry> due(Instant now) {
        List<Entry> sums = takePushedOut();
        for (Iterator<Count> all = counts.values().iterator(); all.hasNext();) {
            Count count = all.next();
            if (count.held > 0 && nanos.getAsLong() - count.heldFrom >= PRICE) {
                sums.add(count.sum(now));
            }
            count.refill();
            if (count.held == 0 && count.credit == BURST * PRICE) {
                all.remove();
            }
        }
        return sums;
    }

    /** All that was held back, at the end. */
    List<Entry> rest(Instant now) {
        List<Entry> sums = takePushedOut();
        counts.values().stream().filter(count -> count.held > 0).map(count -> count.sum(now)).forEach(sums::add);
        return sums;
    }

    private List<Entry> takePushedOut() {
        List<Entry> taken = new ArrayList<>(pushedOut);
        pushedOut.clear();
        return taken;
    }

    /** How many are remembered. */
    int kinds() {
        return counts.size();
    }

    /** One kind. */
    private final class Count {
        private long credit = BURST * PRICE;
        private long last = nanos.getAsLong();
        private long held;
        private long heldFrom;
        private Instant since = Instant.EPOCH;
        private Entry newest;
        private final Set<String> addresses = new LinkedHashSet<>();

        private void refill() {
            long now = nanos.getAsLong();
            credit = Math.min(BURST * PRICE, credit + now - last);
            last = now;
        }

        private void hold(Entry entry) {
            if (held == 0) {
                heldFrom = nanos.getAsLong();
                since = entry.time();
            }
            held++;
            Map<String, String> facts = new TreeMap<>();
            entry.details().forEach((key, value) -> facts.put(key, cut(value)));
            newest = new Entry(entry.time(), entry.action(), cut(entry.user()), cut(entry.address()), facts);
            if (addresses.size() < MOST_ADDRESSES) {
                addresses.add(newest.address());
            } else if (!addresses.contains(newest.address())) {
                addresses.add("and others");
            }
        }

        private Entry sum(Instant now) {
            Map<String, String> facts = new TreeMap<>(newest.details());
            facts.put("more", held + " since " + since + ", of which this is the newest");
            if (addresses.size() > 1) {
                facts.put("addresses", String.join(", ", addresses));
            }
            Entry sum = new Entry(now, newest.action(), newest.user(), newest.address(), facts);
            held = 0;
            addresses.clear();
            return sum;
        }
    }
}
