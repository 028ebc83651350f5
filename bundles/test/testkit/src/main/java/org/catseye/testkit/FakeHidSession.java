package org.catseye.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.catseye.hid.HidListener;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.hid.Usage;

/** A session that remembers what was done with it and what it holds. It can be torn out: then every call throws. */
public final class FakeHidSession implements HidSession {

    private final List<String> deeds = new ArrayList<>();
    private final Set<Usage> held = new LinkedHashSet<>();
    private int buttons;
    private HidState state = new HidState(HidState.Condition.READY, "the pretend target listens", Set.of(HidState.Feature.values()));
    private Leds leds = Leds.UNKNOWN;
    private HidListener listener;
    private boolean torn;

    @Override
    public synchronized void setKey(Usage usage, boolean down) {
        note("key " + Integer.toHexString(usage.page()) + ":" + Integer.toHexString(usage.id()) + (down ? " down" : " up"));
        if (down) {
            held.add(usage);
        } else {
            held.remove(usage);
        }
    }

    @Override
    public synchronized void movePointerTo(double x, double y, int mask) {
        note("pointTo " + x + " " + y + " " + mask);
        buttons = mask;
    }

    @Override
    public synchronized void movePointerBy(int dx, int dy, int mask) {
        note("moveBy " + dx + " " + dy + " " + mask);
        buttons = mask;
    }

    @Override
    public synchronized void turnWheel(int dx, int dy) {
        note("wheel " + dx + " " + dy);
    }

    @Override
    public synchronized void releaseAll() {
        note("releaseAll");
        held.clear();
        buttons = 0;
    }

    @Override
    public synchronized Leds currentLeds() {
        return leds;
    }

    @Override
    public synchronized HidState currentState() {
        return state;
    }

    @Override
    public void setListener(HidListener ear) {
        synchronized (this) {
            listener = ear;
        }
        ear.onStateChanged(currentState());
        ear.onLedsChanged(currentLeds());
    }

    /** The target changes its lights. */
    public void light(Leds now) {
        HidListener ear;
        synchronized (this) {
            leds = now;
            ear = listener;
        }
        if (ear != null) {
            ear.onLedsChanged(now);
        }
    }

    /** The hub changes its state. */
    public void become(HidState now) {
        HidListener ear;
        synchronized (this) {
            state = now;
            ear = listener;
        }
        if (ear != null) {
            ear.onStateChanged(now);
        }
    }

    /** From now on input throws, as in a bundle that is being torn out. */
    public synchronized void tear() {
        torn = true;
    }

    /** What was done, oldest first: "key 7:4 down", "pointTo 0.5 0.5 1", "moveBy 1 2 0", "wheel 0 1", "releaseAll". */
    public synchronized List<String> deeds() {
        return List.copyOf(deeds);
    }

    /** Keys that are down now. */
    public synchronized Set<Usage> held() {
        return Set.copyOf(held);
    }

    /** Whether no key and no button is down. */
    public synchronized boolean allUp() {
        return held.isEmpty() && buttons == 0;
    }

    private void note(String deed) {
        if (torn) {
            throw new IllegalStateException("torn out");
        }
        deeds.add(deed);
    }
}
