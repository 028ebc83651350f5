package org.catseye.capture.v4l2;

import java.io.IOException;
import org.catseye.linux.Poller;
import org.catseye.linux.Uevents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until devices may have changed: the kernel says so, or a short while is over (in containers its word does not come
 * through, and a node's permissions change without one), or somebody wakes the poller.
 */
final class Hotplug implements AutoCloseable {

    /** How long a change may go unseen where the kernel's word does not come through. Looking costs some 0.1 ms. */
    private static final int LOOK_AGAIN_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Hotplug.class);

    private final Poller poller;
    private final Uevents uevents;

    /** @param poller the waiting thread's; it is cleared for each wait */
    Hotplug(Poller poller) {
        this.poller = poller;
        this.uevents = listen();
    }

    /** Waits; the caller then looks what is there. Devices that came since this was made are not missed. */
    void await() throws IOException {
        poller.clear();
        if (uevents != null) {
            poller.add(uevents.fd(), Poller.POLLIN);
        }
        long end = System.nanoTime() + LOOK_AGAIN_MILLIS * 1_000_000L;
        boolean over = false;
        while (!over) {
            long left = Math.max(0, (end - System.nanoTime()) / 1_000_000L);
            int ready = poller.poll(left);
            over = poller.woken() || ready == 0 || uevents.drain("video4linux");
        }
    }

    @Override
    public void close() {
        if (uevents != null) {
            uevents.close();
        }
    }

    private static Uevents listen() {
        try {
            return Uevents.listen();
        } catch (IOException e) {
            LOG.debug("No device events from the kernel, looking four times a second instead: {}", e.getMessage());
            return null;
        }
    }
}
