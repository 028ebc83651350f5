package org.catseye.core.hid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catseye.hid.HidSession;
import org.catseye.hid.Usage;
import org.catseye.hid.spi.KeyboardReport;

/** The union of what the sessions hold down: keys of all pages in the order they went down, and buttons. Sits under the hub's lock. */
final class Held {

    private static final int BUTTONS = 5;

    /** Usage to the number of sessions that hold it; in the order of the first press. */
    private final Map<Usage, Integer> keys = new LinkedHashMap<>();
    private final int[] buttons = new int[BUTTONS];

    /** A session's key goes down or up. @return whether the union is another now */
    boolean key(Holding holding, Usage usage, boolean down) {
        if (!down) {
            return holding.keys.remove(usage) && lift(usage);
        }
        if (holding.keys.size() >= HidSession.MAX_HELD_KEYS || !holding.keys.add(usage)) {
            return false;
        }
        return keys.merge(usage, 1, Integer::sum) == 1;
    }

    /** Sets a session's buttons. @return whether the union is another now */
    boolean buttons(Holding holding, int mask) {
        int before = buttons();
        for (int i = 0; i < BUTTONS; i++) {
            buttons[i] += (mask >> i & 1) - (holding.buttons >> i & 1);
        }
        holding.buttons = mask;
        return buttons() != before;
    }

    /** A session lets go of its keys; its buttons stay. @return usages that nobody holds any more */
    List<Usage> liftKeys(Holding holding) {
        List<Usage> up = holding.keys.stream().filter(this::lift).toList();
        holding.keys.clear();
        return up;
    }

    /** The union of the buttons. */
    int buttons() {
        int mask = 0;
        for (int i = 0; i < BUTTONS; i++) {
            mask |= buttons[i] > 0 ? 1 << i : 0;
        }
        return mask;
    }

    KeyboardReport keyboard() {
        if (keys.isEmpty()) {
            return KeyboardReport.UP;
        }
        int modifiers = 0;
        List<Integer> others = new ArrayList<>(keys.size());
        for (Usage usage : keys.keySet()) {
            if (usage.isModifier()) {
                modifiers |= 1 << usage.id() - 0xe0;
            } else if (usage.page() == Usage.KEYBOARD_PAGE) {
                others.add(usage.id());
            }
        }
        return new KeyboardReport(modifiers, others);
    }

    /** The key of a page of one-at-a-time keys (Consumer, Desktop): the last pressed of those still down; 0 for none. */
    int single(int page) {
        int last = 0;
        for (Usage usage : keys.keySet()) {
            last = usage.page() == page ? usage.id() : last;
        }
        return last;
    }

    /** Everything goes up. */
    void clear(Iterable<Holding> holdings) {
        for (Holding holding : holdings) {
            liftKeys(holding);
            buttons(holding, 0);
        }
    }

    private boolean lift(Usage usage) {
        return keys.merge(usage, -1, (count, less) -> count + less == 0 ? null : count + less) == null;
    }
}
