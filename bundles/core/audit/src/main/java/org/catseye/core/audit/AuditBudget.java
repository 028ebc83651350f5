package org.catseye.core.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.Audit.Entry;
import org.catseye.concurrent.AddressKey;
import org.catseye.concurrent.TokenBucket;

/**
 * Keeps users from pushing older lines out of the audit log by repeating something cheap. Lines are counted by kind: an action of a user on a
 * target. After a quiet time {@value #BURST} lines of a kind are written one by one, then one a minute. The others of a minute become one line
 * with their number and the details of the newest. Actions that need ADMIN or a password each time are always written, except logins: these are
 * counted by address as well, so a login from elsewhere always has a line of its own. Bounded in memory. Not thread-safe.
 */
final class AuditBudget {

    /** Lines of a kind after a quiet time. The same number each minute would still push out all older lines within hours. */
    static final int BURST = 20;
    static final int MAX_KINDS = 1024;

    static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    /**
     * Failed logins are missing here on purpose. With an existing user name, the limit on guessing lets fewer through than the burst; only those
     * without a user name, from many addresses, are ever merged.
     */
    private static final Set<String> UNLIMITED_ACTIONS = Set.of("claim", "recovered");
    private static final List<String> UNLIMITED_PREFIXES = List.of("user.", "role.", "password.", "second-factor.", "bundle.", "plugin.", "console.");
    private static final String LOGIN = "login";
    /** Details that distinguish two lines of an action. Without them, noise on one target would hide actions on another. */
    private static final List<String> KIND_DETAILS = List.of("target", "check", "tried");

    private final LongSupplier nanos;
    /** In order of last use. */
    private final Map<List<String>, LineCount> counts = new LinkedHashMap<>(64, 0.75f, true);
    /** Summaries of kinds that were evicted. */
    private final List<Entry> evicted = new ArrayList<>();

    /** @param nanos a clock that only goes forward, like {@link System#nanoTime} */
    AuditBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether this line may be written now. If not, it is counted for the next summary. */
    boolean tryAcquireLine(Entry entry) {
        if (UNLIMITED_ACTIONS.contains(entry.action()) || UNLIMITED_PREFIXES.stream().anyMatch(entry.action()::startsWith)) {
            return true;
        }
        long now = nanos.getAsLong();
        LineCount count = counts.computeIfAbsent(kindOf(entry), kind -> new LineCount(new TokenBucket(BURST, INTERVAL_NANOS, now)));
        evictOldKinds(entry.time());
        return count.tryAcquireLine(entry, now);
    }

    private static List<String> kindOf(Entry entry) {
        List<String> kind = new ArrayList<>(List.of(AuditFile.cutValue(entry.action()), AuditFile.cutValue(entry.user().toLowerCase(Locale.ROOT))));
        KIND_DETAILS.forEach(name -> kind.add(AuditFile.cutValue(entry.details().getOrDefault(name, ""))));
        if (entry.action().equals(LOGIN)) {
            kind.add(AddressKey.fromAddress(AuditFile.cutValue(entry.address())));
        }
        return List.copyOf(kind);
    }

    private void evictOldKinds(Instant now) {
        Iterator<LineCount> oldest = counts.values().iterator();
        while (counts.size() > MAX_KINDS) {
            LineCount count = oldest.next();
            oldest.remove();
            if (count.hasHeldLines()) {
                evicted.add(count.takeSummary(now));
            }
        }
    }

    /** The summaries whose minute is over, to be written. */
    List<Entry> takeDueSummaries(Instant now) {
        long nowNanos = nanos.getAsLong();
        List<Entry> summaries = takeEvicted();
        for (Iterator<LineCount> all = counts.values().iterator(); all.hasNext();) {
            LineCount count = all.next();
            if (count.isSummaryDue(nowNanos)) {
                summaries.add(count.takeSummary(now));
            }
            if (count.isIdle(nowNanos)) {
                all.remove();
            }
        }
        return summaries;
    }

    /** The summaries of all lines that are held back, for an orderly stop. */
    List<Entry> takeAllSummaries(Instant now) {
        List<Entry> summaries = takeEvicted();
        counts.values().stream().filter(LineCount::hasHeldLines).map(count -> count.takeSummary(now)).forEach(summaries::add);
        return summaries;
    }

    private List<Entry> takeEvicted() {
        List<Entry> taken = new ArrayList<>(evicted);
        evicted.clear();
        return taken;
    }

    /** How many kinds are in memory. */
    int countKinds() {
        return counts.size();
    }
}
