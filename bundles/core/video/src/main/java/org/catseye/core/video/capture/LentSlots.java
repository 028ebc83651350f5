package org.catseye.core.video.capture;

import java.util.ArrayList;
import java.util.List;
import org.catseye.plugins.health.LentFrames.Lent;

/** The slots that a driver has and has neither published nor closed. Thread-safe. */
final class LentSlots {

    /** A driver needs one; it may prepare some in advance. */
    static final int MAX_SLOTS = 16;

    static final String FAULT = "The driver of the capture device keeps the memory of pictures that it does not deliver. Its bundle has a defect: update it, or"
        + " remove it.";

    /** Guarded by this. */
    private final List<LentSlot> slots = new ArrayList<>(MAX_SLOTS);

    /** Whether the driver may have another one. */
    synchronized boolean hasRoom() {
        return slots.size() < MAX_SLOTS;
    }

    /** What the driver has; exhausted if there is no room for another one. */
    synchronized Lent countSlots() {
        return new Lent(slots.size(), slots.stream().mapToLong(LentSlot::capacity).sum(), !hasRoom());
    }

    synchronized void addSlot(LentSlot slot) {
        slots.add(slot);
    }

    synchronized void removeSlot(LentSlot slot) {
        slots.remove(slot);
    }

    /** Takes all back; only when the driver has returned. @return how many there were */
    int takeBack() {
        List<LentSlot> remaining;
        synchronized (this) {
            remaining = List.copyOf(slots);
        }
        remaining.forEach(LentSlot::close);
        return remaining.size();
    }
}
