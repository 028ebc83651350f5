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

/** A session that records its calls and held keys. A test can make every call throw, as if the bundle was removed. */
public final class FakeHidSession implements HidSession {

    private final List<String> deeds = new ArrayList<>();
    private final Set<Usage> held = new LinkedHashSet<>();
    private int buttons;
    private HidState state = new HidState(HidState.Condition.READY, "the pretend target listens", Set.of(HidState.Feature.values()));
    private Leds leds = Leds.UNKNOWN;
    private HidListener listener;
    private boolean torn;
    private Delivery delivery = Delivery.WRITTEN;

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

    /** Waits as long as the device is slow: until {@link #deliver} changes it, or the time is over. */
    @Override
    public synchronized Delivery awaitDelivery(long timeoutMillis) throws InterruptedException {
        if (delivery == Delivery.WAITING) {
            wait(timeoutMillis);
        }
        return delivery;
    }

    /** What becomes of input from now on. */
    public synchronized void deliver(Delivery next) {
        delivery = next;
        notifyAll();
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

    /** Changes the keyboard lights, as the target does. */
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

    /** Changes the state, as the hub does. */
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

    /** Makes every later input throw, as in a bundle that is being stopped. */
    public synchronized void tear() {
        torn = true;
    }

    /** The calls, oldest first: "key 7:4 down", "pointTo 0.5 0.5 1", "moveBy 1 2 0", "wheel 0 1", "releaseAll". */
    public synchronized List<String> deeds() {
        return List.copyOf(deeds);
    }

    /** The keys that are currently held. */
    public synchronized Set<Usage> held() {
        return Set.copyOf(held);
    }

    /** Whether no key or button is held. */
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
