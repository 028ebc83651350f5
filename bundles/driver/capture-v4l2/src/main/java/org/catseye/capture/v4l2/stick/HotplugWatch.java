package org.catseye.capture.v4l2.stick;

import java.io.IOException;
import org.catseye.linux.Poller;
import org.catseye.linux.Uevents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the connected devices may have changed: after a kernel event, after a short timeout, or when another thread wakes the
 * poller. The timeout is needed because containers receive no kernel events, and a node's permissions change without an event.
 */
public final class HotplugWatch implements AutoCloseable {

    /** How long a change may go unnoticed without kernel events. A search for devices takes about 0.1 ms. */
    private static final int SEARCH_INTERVAL_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(HotplugWatch.class);

    private final Poller poller;
    private final Uevents uevents;

    /** @param poller the waiting thread's; it is cleared for each wait */
    public HotplugWatch(Poller poller) {
        this.poller = poller;
        this.uevents = subscribeToEvents();
    }

    /** Blocks until devices may have changed. Changes since this watch was created count, so none is missed. */
    public void awaitChange() throws IOException {
        poller.clear();
        if (uevents != null) {
            poller.add(uevents.fd(), Poller.POLLIN);
        }
        long end = System.nanoTime() + SEARCH_INTERVAL_MILLIS * 1_000_000L;
        boolean finished = false;
        while (!finished) {
            long left = Math.max(0, (end - System.nanoTime()) / 1_000_000L);
            int ready = poller.poll(left);
            finished = poller.woken() || ready == 0 || uevents.drain("video4linux");
        }
    }

    @Override
    public void close() {
        if (uevents != null) {
            uevents.close();
        }
    }

    private static Uevents subscribeToEvents() {
        try {
            return Uevents.listen();
        } catch (IOException e) {
            LOG.debug("Cannot receive device events from the kernel, searching four times a second instead: {}", e.getMessage());
            return null;
        }
    }
}
