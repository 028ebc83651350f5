package org.catseye.linux;

import java.io.IOException;

/**
 * Tracks whether {@link LibC} may be called. When the bundle stops, the native functions are unregistered and JNA frees their
 * thunks. A thread inside poll() would then return into freed memory. Every resource that may be inside a call (an open
 * {@link Fd}, a {@link Mapping}) is therefore counted, and the last one to close unregisters the functions.
 */
final class Natives {

    // Guards the three fields below.
    private static final Object LOCK = new Object();
    private static boolean registered;
    private static boolean stopped;
    private static int users;

    /** Called when the bundle starts, and before the first use outside OSGi. */
    static void start() {
        synchronized (LOCK) {
            stopped = false;
        }
    }

    /**
     * Called when the bundle stops. No new resource can be opened, and the functions are unregistered when the last open resource
     * closes.
     */
    static void stop() {
        synchronized (LOCK) {
            stopped = true;
            unregisterIfUnused();
        }
    }

    /**
     * Counts one more open resource.
     *
     * @throws IOException if the bundle is stopped
     */
    static void enter() throws IOException {
        synchronized (LOCK) {
            if (stopped) {
                throw new IOException("org.catseye.linux is stopped: start the bundle to use devices again");
            }
            if (!registered) {
                LibC.register();
                registered = true;
            }
            users++;
        }
    }

    /** Counts one open resource less. */
    static void exit() {
        synchronized (LOCK) {
            users--;
            unregisterIfUnused();
        }
    }

    /** The number of open resources, for tests that check for leaks. */
    static int users() {
        synchronized (LOCK) {
            return users;
        }
    }

    static boolean registered() {
        synchronized (LOCK) {
            return registered;
        }
    }

    private static void unregisterIfUnused() {
        if (stopped && registered && users == 0) {
            LibC.unregister();
            registered = false;
        }
    }

    private Natives() {
    }
}
