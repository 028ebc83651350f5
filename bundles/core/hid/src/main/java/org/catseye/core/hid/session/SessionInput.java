package org.catseye.core.hid.session;

import java.util.LinkedHashSet;
import java.util.Set;
import org.catseye.hid.Usage;

/** What one session holds down. Guarded by the hub's lock. */
public final class SessionInput {

    final Set<Usage> keys = new LinkedHashSet<>();
    int buttons;

    /** A copy. */
    public Set<Usage> heldKeys() {
        return Set.copyOf(keys);
    }

    /** Mask as PointerEvent.buttons. */
    public int heldButtons() {
        return buttons;
    }
}
