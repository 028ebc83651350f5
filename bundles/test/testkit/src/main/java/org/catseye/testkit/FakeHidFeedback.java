package org.catseye.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;

/** Records the reports of a transport, and allows a test to wait for them. */
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

    /** All reports, oldest first, as "ready ...", "offline ..." and "leds ...". */
    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    /**
     * Waits for {@code condition}.
     *
     * @return false on timeout
     */
    public synchronized boolean await(long millis, Predicate<FakeHidFeedback> condition) throws InterruptedException {
        return Waiting.until(this, millis, () -> condition.test(this));
    }

    private synchronized void change(String event, Runnable what) {
        events.add(event);
        what.run();
        notifyAll();
    }
}
