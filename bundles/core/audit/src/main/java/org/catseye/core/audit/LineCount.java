package org.catseye.core.audit;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.access.Audit.Entry;
import org.catseye.concurrent.TokenBucket;

/** The lines of one kind: how many may still be written one by one, and those that are held back for the next summary. Not thread-safe. */
final class LineCount {

    private static final int MAX_ADDRESSES = 4;

    private final TokenBucket bucket;
    private final Set<String> addresses = new LinkedHashSet<>();
    private long held;
    private long heldSinceNanos;
    private Instant heldSince = Instant.EPOCH;
    private Entry newest;

    LineCount(TokenBucket bucket) {
        this.bucket = bucket;
    }

    /** Whether this line may be written now; otherwise it is held back. */
    boolean tryAcquireLine(Entry entry, long nowNanos) {
        if (held == 0 && bucket.tryAcquire(nowNanos)) {
            return true;
        }
        holdLine(entry, nowNanos);
        return false;
    }

    private void holdLine(Entry entry, long nowNanos) {
        if (held == 0) {
            heldSinceNanos = nowNanos;
            heldSince = entry.time();
        }
        held++;
        Map<String, String> details = new TreeMap<>();
        entry.details().forEach((key, value) -> details.put(key, AuditFile.cutValue(value)));
        newest = new Entry(entry.time(), entry.action(), AuditFile.cutValue(entry.user()), AuditFile.cutValue(entry.address()), details);
        if (addresses.size() < MAX_ADDRESSES) {
            addresses.add(newest.address());
        } else if (!addresses.contains(newest.address())) {
            addresses.add("and others");
        }
    }

    boolean hasHeldLines() {
        return held > 0;
    }

    boolean isSummaryDue(long nowNanos) {
        return held > 0 && nowNanos - heldSinceNanos >= AuditBudget.INTERVAL_NANOS;
    }

    /** Whether nothing is held back and a new count would be the same. */
    boolean isIdle(long nowNanos) {
        return held == 0 && bucket.isFull(nowNanos);
    }

    Entry takeSummary(Instant now) {
        Map<String, String> details = new TreeMap<>(newest.details());
        details.put("more", held + " since " + heldSince + ", of which this is the newest");
        if (addresses.size() > 1) {
            details.put("addresses", String.join(", ", addresses));
        }
        Entry summary = new Entry(now, newest.action(), newest.user(), newest.address(), details);
        held = 0;
        addresses.clear();
        return summary;
    }
}
