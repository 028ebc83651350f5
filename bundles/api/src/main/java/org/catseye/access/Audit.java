package org.catseye.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit log: who did what. Append-only. A bundle calls it for each action of a user that others may ask about later.
 * Never pass typed text, a password, a token or a code. Thread-safe; {@link #record} writes to the disk and never throws: a failure is
 * reported in the ordinary log. Actions that a user repeats often may be merged into one line with their number.
 */
@ProviderType
public interface Audit {

    /**
     * @param action what was done, in short: {@code login}, {@code control.taken}, {@code bundle.installed}
     * @param user who; empty if it is not known, as with a wrong user name
     * @param address from where; empty if there is no address, as with what the device does by itself
     * @param details further facts, for example {@code target=bay1}; long values are cut
     */
    void record(String action, String user, String address, Map<String, String> details);

    /** The newest entries first, {@code most} at most. Reads the disk. Only for those with ADMIN. */
    List<Entry> newest(int most);

    /** One line of the record. */
    record Entry(Instant time, String action, String user, String address, Map<String, String> details) {

        public Entry {
            details = Map.copyOf(details);
        }
    }
}
