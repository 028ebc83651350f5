package org.catseye.hid.gadget.connection;

import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the hub, and the log, of changes of the device's status. Repeated notifications of the same status are dropped. Thread-safe. */
public final class StatusNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(StatusNotifier.class);

    // Volatile and outside the monitor, so that it can be cleared while a call into the hub is in progress.
    private volatile HidFeedback feedback;
    /** Guarded by the monitor, like the next two fields: the last status sent. */
    private boolean ready;
    private String reason = "";
    private Leds leds = Leds.UNKNOWN;

    /** Sends all further notifications to {@code listener}, and forgets the last status. */
    public synchronized void startNotifying(HidFeedback listener) {
        ready = false;
        reason = "";
        leds = Leds.UNKNOWN;
        feedback = listener;
    }

    /** Never blocks, not even while a notification is being sent. */
    public void stopNotifying() {
        feedback = null;
    }

    public synchronized boolean isReady() {
        return ready;
    }

    /** The last reason sent; empty if there was none. */
    public synchronized String currentReason() {
        return reason;
    }

    synchronized void notifyReady(String newReason) {
        HidFeedback listener = feedback;
        if (!ready && listener != null) {
            ready = true;
            reason = newReason;
            LOG.info("USB keyboard: {}", newReason);
            listener.reportReady(newReason);
        }
    }

    public synchronized void notifyOffline(String newReason) {
        HidFeedback listener = feedback;
        if (listener == null || !ready && newReason.equals(reason)) {
            return;
        }
        ready = false;
        reason = newReason;
        LOG.info("USB keyboard: {}", newReason);
        notifyLeds(Leds.UNKNOWN);
        listener.reportOffline(newReason);
    }

    synchronized void notifyLeds(Leds newLeds) {
        HidFeedback listener = feedback;
        if (listener != null && !newLeds.equals(leds)) {
            leds = newLeds;
            listener.reportLeds(newLeds);
        }
    }
}
