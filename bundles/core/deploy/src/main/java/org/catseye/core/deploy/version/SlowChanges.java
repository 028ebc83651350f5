package org.catseye.core.deploy.version;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each call of a bundle that takes long: its start or stop may never return. Thread-safe. */
public final class SlowChanges {

    private static final Logger LOG = LoggerFactory.getLogger(SlowChanges.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Call(String description, long beginNanos) {
    }

    private final Map<Thread, Call> calls = new ConcurrentHashMap<>();

    void begin(String description) {
        calls.put(Thread.currentThread(), new Call(description, System.nanoTime()));
    }

    void end() {
        calls.remove(Thread.currentThread());
    }

    /** Logs each slow call once. */
    public void logSlowCalls() {
        calls.forEach((thread, call) -> {
            if (System.nanoTime() - call.beginNanos() > PATIENCE_NANOS && calls.remove(thread, call)) {
                LOG.warn("{} for {} s and has not finished. Everything else keeps running. The start or stop of a bundle must return at once",
                        call.description(), TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS));
            }
        });
    }
}
