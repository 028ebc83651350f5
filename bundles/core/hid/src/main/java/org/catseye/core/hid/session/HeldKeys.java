package org.catseye.core.hid.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catseye.hid.HidSession;
import org.catseye.hid.Usage;
import org.catseye.hid.spi.KeyboardReport;

/** The union of what the sessions hold down: keys of all pages in the order of their press, and buttons. Guarded by the hub's lock. */
final class HeldKeys {

    private static final int BUTTONS = 5;

    /** Usage to the number of sessions that hold it; in the order of the first press. */
    private final Map<Usage, Integer> keys = new LinkedHashMap<>();
    private final int[] buttons = new int[BUTTONS];

    /** A session presses or releases a key. @return whether the union changed */
    boolean setKey(SessionInput session, Usage usage, boolean down) {
        if (!down) {
            return session.keys.remove(usage) && releaseOnce(usage);
        }
        if (session.keys.size() >= HidSession.MAX_HELD_KEYS || !session.keys.add(usage)) {
            return false;
        }
        return keys.merge(usage, 1, Integer::sum) == 1;
    }

    /** Sets a session's buttons. @return whether the union changed */
    boolean setButtons(SessionInput session, int mask) {
        int before = buttonMask();
        for (int i = 0; i < BUTTONS; i++) {
            buttons[i] += (mask >> i & 1) - (session.buttons >> i & 1);
        }
        session.buttons = mask;
        return buttonMask() != before;
    }

    /** Releases a session's keys; its buttons stay. @return usages that no session holds any more */
    List<Usage> releaseKeys(SessionInput session) {
        List<Usage> released = session.keys.stream().filter(this::releaseOnce).toList();
        session.keys.clear();
        return released;
    }

    boolean isEmpty() {
        return keys.isEmpty() && buttonMask() == 0;
    }

    /** The union of the buttons. */
    int buttonMask() {
        int mask = 0;
        for (int i = 0; i < BUTTONS; i++) {
            mask |= buttons[i] > 0 ? 1 << i : 0;
        }
        return mask;
    }

    KeyboardReport keyboardReport() {
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

    /** The key of a page that reports one key at a time (Consumer, Desktop): of those held the one pressed last; 0 for none. */
    int lastPressed(int page) {
        int last = 0;
        for (Usage usage : keys.keySet()) {
            last = usage.page() == page ? usage.id() : last;
        }
        return last;
    }

    /** Releases everything of these sessions. */
    void releaseAll(Iterable<SessionInput> sessions) {
        for (SessionInput session : sessions) {
            releaseKeys(session);
            setButtons(session, 0);
        }
    }

    private boolean releaseOnce(Usage usage) {
        return keys.merge(usage, -1, (count, less) -> count + less == 0 ? null : count + less) == null;
    }
}
