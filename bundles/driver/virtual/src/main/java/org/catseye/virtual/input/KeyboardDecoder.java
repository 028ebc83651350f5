package org.catseye.virtual.input;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The host's side of a boot keyboard: finds pressed and released keys by comparing each report with the previous one, as a
 * HID class driver does (HID 1.11 appendix B.1 and C). Not thread-safe.
 */
public final class KeyboardDecoder {

    private static final int REPORT_BYTES = 8;
    private static final int ERROR_ROLL_OVER = 1;

    private final Set<Integer> down = new LinkedHashSet<>();
    private int modifiers;

    /** One key that changed; modifiers come as the usages 0xE0 to 0xE7. */
    public record Change(int usage, boolean down) {
    }

    /**
     * Processes the next report.
     *
     * @return the changes: modifiers first, then releases, then presses in the report's order. While the six places hold
     *     ErrorRollOver the keys stay as they were; the modifiers count even then.
     * @throws IllegalArgumentException if the report is not of eight bytes
     */
    public List<Change> acceptReport(byte[] report) {
        if (report.length != REPORT_BYTES) {
            throw new IllegalArgumentException("a boot keyboard report has 8 bytes, not " + report.length);
        }
        List<Change> changes = new ArrayList<>();
        collectModifierChanges(report[0] & 0xff, changes);
        Set<Integer> now = new LinkedHashSet<>();
        for (int i = 2; i < REPORT_BYTES; i++) {
            int usage = report[i] & 0xff;
            if (usage == ERROR_ROLL_OVER) {
                return changes;
            }
            if (usage > 3) {
                now.add(usage);
            }
        }
        collectKeyChanges(now, changes);
        return changes;
    }

    private void collectModifierChanges(int now, List<Change> changes) {
        for (int bit = 0; bit < 8; bit++) {
            int mask = 1 << bit;
            if (((now ^ modifiers) & mask) != 0) {
                changes.add(new Change(Keys.LEFT_CTRL + bit, (now & mask) != 0));
            }
        }
        modifiers = now;
    }

    private void collectKeyChanges(Set<Integer> now, List<Change> changes) {
        for (Integer usage : List.copyOf(down)) {
            if (!now.contains(usage)) {
                down.remove(usage);
                changes.add(new Change(usage, false));
            }
        }
        for (Integer usage : now) {
            if (down.add(usage)) {
                changes.add(new Change(usage, true));
            }
        }
    }

    /** Modifier bits as of the last report. */
    public int modifiers() {
        return modifiers;
    }

    /** Held keys without modifiers, in the order in which they were pressed. */
    public List<Integer> heldKeys() {
        return List.copyOf(down);
    }
}
