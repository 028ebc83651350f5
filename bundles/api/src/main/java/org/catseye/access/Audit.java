package org.catseye.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The record of who did what. Append-only. Any bundle that does something for somebody which others will ask about later calls it.
 * Never pass what was typed, a password, a token or a code. Thread-safe; {@link #record} writes to the disk and never throws: what
 * cannot be written is told in the ordinary log. What one user does very often may be written as one line that counts it.
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
