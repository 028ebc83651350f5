package org.catseye.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;

/** Keeps what a transport says, and lets a test wait for it. */
public final class FakeHidFeedback implements HidFeedback {

    private final List<String> events = new ArrayList<>();
    private Leds leds = Leds.UNKNOWN;
    private boolean ready;

    @Override
    public void reportReady(String reason) {
        change("ready " + reason, () -> ready = true);
    }

    @Override
    public void reportOffline(String reason) {
        change("offline " + reason, () -> ready = false);
    }

    @Override
    public void reportLeds(Leds now) {
        change("leds " + now, () -> leds = now);
    }

    public synchronized boolean isReady() {
        return ready;
    }

    public synchronized Leds reportLeds() {
        return leds;
    }

    /** All that was said, oldest first, as "ready ...", "offline ..." and "leds ...". */
    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** Waits for {@code condition}; false if it does not come true in time. */
    public synchronized boolean await(long millis, Predicate<FakeHidFeedback> condition) throws InterruptedException {
        return Waiting.until(this, millis, () -> condition.test(this));
    }

    private synchronized void change(String event, Runnable what) {
        events.add(event);
        what.run();
        notifyAll();
    }
}
