package org.catseye.core.deploy.plugin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.catseye.access.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps lines for the audit log while that is missing, because a plug-in is taking its place for example. Thread-safe. */
final class AuditQueue {

    static final int MAX_LINES = 50;
    private static final Logger LOG = LoggerFactory.getLogger(AuditQueue.class);

    // Guarded by this.
    private final Deque<Consumer<Audit>> waiting = new ArrayDeque<>();
    private Optional<Audit> current = Optional.empty();

    synchronized void open(Audit audit) {
        current = Optional.of(audit);
        waiting.forEach(line -> line.accept(audit));
        waiting.clear();
    }

    /** Does nothing if another one has taken its place. */
    synchronized void close(Audit audit) {
        current = current.filter(open -> open != audit);
    }

    synchronized void record(String action, String user, String address, Map<String, String> details) {
        if (current.isPresent()) {
            current.get().record(action, user, address, details);
        } else if (waiting.size() < MAX_LINES) {
            waiting.add(audit -> audit.record(action, user, address, details));
        } else {
            LOG.error("There is no audit log for {} {} {} {}", action, user, address, details);
        }
    }
}
