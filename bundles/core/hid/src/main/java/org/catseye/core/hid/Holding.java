package org.catseye.core.hid;

import java.util.LinkedHashSet;
import java.util.Set;
import org.catseye.hid.Usage;

/** What one session holds down. Sits under the hub's lock. */
final class Holding {

    final Set<Usage> keys = new LinkedHashSet<>();
    int buttons;

    boolean isEmpty() {
        return keys.isEmpty() && buttons == 0;
    }
}
