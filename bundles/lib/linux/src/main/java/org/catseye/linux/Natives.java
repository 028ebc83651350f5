package org.catseye.linux;

import java.io.IOException;

/**
 * Whether {@link LibC} may be called. The bundle's stop takes the native functions away from the class, and JNA frees their
 * thunks at that moment: a thread inside poll() would come back into freed memory. So everything that can be inside a call (an
 * open {@link Fd}, a {@link Mapping}) is counted, and the last one to go does the unregistering.
 */
final class Natives {

    // Guards the three fields below.
    private static final Object LOCK = new Object();
    private static boolean registered;
    private static boolean stopped;
    private static int users;

    /** From the bundle's start, and before first use outside OSGi. */
    static void start() {
        synchronized (LOCK) {
            stopped = false;
        }
    }

    /** From the bundle's stop: nothing new is opened; the functions go with the last thing that is open. */
    static void stop() {
        synchronized (LOCK) {
            stopped = true;
            unregisterIfUnused();
        }
    }

    /** One more user. @throws IOException if the bundle is stopped */
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

    /** One user less. */
    static void exit() {
        synchronized (LOCK) {
            users--;
            unregisterIfUnused();
        }
    }

    /** How many things are open; for tests that look for leaks. */
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
