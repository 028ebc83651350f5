package org.catseye.web.socket;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.access.Session;

/** A login that ends when the test says so. */
public final class FakeSession implements Session {

    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    public void end() {
        ended = true;
        actions.forEach(action -> {
            if (actions.remove(action)) {
                action.run();
            }
        });
    }

    /** How many are still to be told. */
    public int registrations() {
        return actions.size();
    }

    @Override
    public String user() {
        return "tester";
    }

    @Override
    public Instant expires() {
        return Instant.MAX;
    }

    @Override
    public boolean valid() {
        return !ended;
    }

    @Override
    public Registration onEnd(Runnable action) {
        if (ended) {
            action.run();
            return () -> { };
        }
        Runnable own = action::run;
        actions.add(own);
        return () -> actions.remove(own);
    }
}
