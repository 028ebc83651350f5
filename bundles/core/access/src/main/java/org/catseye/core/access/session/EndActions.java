package org.catseye.core.access.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actions that run once when a session ends. The same one may be registered twice. Not thread-safe: its session has the lock. */
final class EndActions {

    private static final Logger LOG = LoggerFactory.getLogger(EndActions.class);

    private final Set<Entry> entries = new LinkedHashSet<>();

    /** One registration; equal only to itself. */
    static final class Entry {
        private final Runnable action;

        Entry(Runnable action) {
            this.action = action;
        }

        /** Without a lock: the action is foreign code. */
        void runAction() {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("An action at the end of a session failed", e);
            }
        }
    }

    void addEntry(Entry entry) {
        entries.add(entry);
    }

    /** @return whether it was registered */
    boolean removeEntry(Entry entry) {
        return entries.remove(entry);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry> takeAll() {
        List<Entry> taken = new ArrayList<>(entries);
        entries.clear();
        return taken;
    }
}
