package org.catseye.web.control.board;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.Audit;
import org.catseye.web.control.lease.LeaseOutcome;

/** Writes changes of control to the audit log, with the users' addresses. Thread-safe. */
final class LeaseAudit {

    private final String target;
    private final Audit audit;
    private final Set<Viewer> viewers;
    /** By user: the last address of users who have disconnected, because their loss of control is recorded later. */
    private final Map<String, String> formerAddresses = new ConcurrentHashMap<>();

    /** @param viewers the open sockets; thread-safe, and changed by the owner */
    LeaseAudit(String target, Audit audit, Set<Viewer> viewers) {
        this.target = target;
        this.audit = audit;
        this.viewers = viewers;
    }

    /** Keeps the address of a viewer that disconnects, and forgets those of users other than this one and the holder. */
    void keepAddress(Viewer leaving, String holder) {
        formerAddresses.put(leaving.user(), leaving.address());
        formerAddresses.keySet().removeIf(user -> !user.equals(holder) && !user.equals(leaving.user()));
    }

    void recordOutcome(LeaseOutcome outcome) {
        if (outcome.result() != LeaseOutcome.Result.HOLDER_CHANGED) {
            return;
        }
        if (!outcome.formerHolder().isEmpty()) {
            audit.record("control.released", outcome.formerHolder(), findAddress(outcome.formerHolder()),
                Map.of("target", target, "why", outcome.reason()));
        }
        if (!outcome.user().isEmpty()) {
            audit.record("control.taken", outcome.user(), findAddress(outcome.user()), Map.of("target", target));
        }
    }

    /** The user's current or last address. */
    private String findAddress(String user) {
        return viewers.stream().filter(viewer -> viewer.user().equals(user)).map(Viewer::address).findFirst()
            .orElse(formerAddresses.getOrDefault(user, ""));
    }
}
