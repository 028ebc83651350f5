package org.catseye.core.deploy.version;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.catseye.concurrent.NamedThreads;

/**
 * Runs the changes of one bundle name one after another, and those of different names side by side, so that a bundle that starts or stops
 * slowly delays no other. A thread exists only while its name changes. Thread-safe.
 */
public final class NameQueue {

    private static final ThreadLocal<Boolean> OWN = ThreadLocal.withInitial(() -> false);

    private final Consumer<String> change;
    /** The names that change, with whether they have to change once more; guarded by this. */
    private final Map<String, Boolean> running = new HashMap<>();
    private boolean closed;

    /** @param change brings the bundles with a name in line with the drop folder; must not throw */
    public NameQueue(Consumer<String> change) {
        this.change = change;
    }

    /** Changes the bundles with this name soon. If they are already changing, they change once more after that. */
    public synchronized void request(String name) {
        if (!closed && running.put(name, running.containsKey(name)) == null) {
            NamedThreads.newDaemonThread(() -> changeUntilDone(name), "drop-" + name).start();
        }
    }

    private void changeUntilDone(String name) {
        OWN.set(true);
        do {
            change.accept(name);
        } while (startAgain(name));
    }

    private synchronized boolean startAgain(String name) {
        if (!closed && running.get(name)) {
            running.put(name, false);
            return true;
        }
        running.remove(name);
        return false;
    }

    /** Whether the calling thread is one of a queue. Its changes of bundles are not those of a user. */
    public static boolean isOwnThread() {
        return OWN.get();
    }

    /** Starts no further change. Does not wait, because a bundle may hang. */
    public synchronized void close() {
        closed = true;
    }
}
