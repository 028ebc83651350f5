package org.catseye.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The append-only audit log of user actions. A bundle records every action that an administrator may need to trace later.
 * Thread-safe.
 *
 * <p>Never pass typed text, a password, a token or a code.
 */
@ProviderType
public interface Audit {

    /**
     * Records an action. Writes to disk, so it may block. Never throws: a failure is written to the ordinary log. Actions that a
     * user repeats often may be merged into one entry with a count.
     *
     * @param action a short name, such as {@code login}, {@code control.taken} or {@code bundle.installed}
     * @param user the user who acted; empty if unknown, for example after a wrong user name
     * @param address the address the user connected from; empty if there is none, for example for actions of the device itself
     * @param details further facts, for example {@code target=bay1}; long values are cut
     */
    void record(String action, String user, String address, Map<String, String> details);

    /**
     * Returns the latest entries, newest first. Reads from disk. Show the result only to users with ADMIN.
     *
     * @param most the maximum number of entries
     */
    List<Entry> newest(int most);

    /**
     * One entry of the audit log.
     *
     * @param time when the action happened
     * @param action the short name of the action
     * @param user the user who acted; empty if unknown
     * @param address the address the user connected from; empty if there is none
     * @param details further facts by name
     */
    record Entry(Instant time, String action, String user, String address, Map<String, String> details) {

        public Entry {
            details = Map.copyOf(details);
        }
    }
}
