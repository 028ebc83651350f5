package org.catseye.hid.gadget.connection;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.gadget.descriptor.Role;

/** Remembers when the host started to fetch each function's reports, until its input driver has settled. For one thread. */
final class FetchTracker {

    /** A Linux host discards reports for 50 ms after it starts to fetch (drivers/hid/usbhid/hid-core.c, usbhid_open). */
    static final long SETTLE_MILLIS = 200;

    private final Map<Role, Long> startedNanos = new EnumMap<>(Role.class);

    void recordFetch(Role role) {
        startedNanos.put(role, System.nanoTime());
    }

    void forgetFetch(Role role) {
        startedNanos.remove(role);
    }

    /** Whether the host started to fetch this function's reports and has not been reported as settled yet. */
    boolean isSettling(Role role) {
        return startedNanos.containsKey(role);
    }

    boolean isAnySettling() {
        return !startedNanos.isEmpty();
    }

    /** Returns true once after the host has settled, and forgets the function then. */
    boolean consumeSettled(Role role) {
        Long since = startedNanos.get(role);
        boolean settled = since != null && System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
        if (settled) {
            startedNanos.remove(role);
        }
        return settled;
    }
}
