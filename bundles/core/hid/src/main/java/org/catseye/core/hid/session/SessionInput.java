package org.catseye.core.hid.session;

import java.util.LinkedHashSet;
import java.util.Set;
import org.catseye.hid.Usage;

/** What one session holds down. Guarded by the hub's lock. */
public final class SessionInput {

    final Set<Usage> keys = new LinkedHashSet<>();
    int buttons;
    private long reportedLosses;

    /** A copy. */
    public Set<Usage> heldKeys() {
        return Set.copyOf(keys);
    }

    /** Whether input was lost since the last call. @param losses the hub's current number of losses */
    public boolean noteLosses(long losses) {
        boolean lost = losses != reportedLosses;
        reportedLosses = losses;
        return lost;
    }

    /** Mask as PointerEvent.buttons. */
    public int heldButtons() {
        return buttons;
    }
}
