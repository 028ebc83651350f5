package org.catseye.hid.gadget;

import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the hub, and the log, what changes, and only that. Thread-safe. */
final class Voice {

    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);

    // Volatile and not under the monitor, so that it can be taken away while a call into the hub is under way.
    private volatile HidFeedback feedback;
    /** What was said last; under the monitor. */
    private boolean ready;
    private String reason = "";
    private Leds leds = Leds.UNKNOWN;

    /** From now on to {@code listener}, as if nothing had been said. */
    synchronized void to(HidFeedback listener) {
        ready = false;
        reason = "";
        leds = Leds.UNKNOWN;
        feedback = listener;
    }

    void hush() {
        feedback = null;
    }

    synchronized boolean isReady() {
        return ready;
    }

    synchronized String reason() {
        return reason;
    }

    synchronized void ready(String why) {
        HidFeedback listener = feedback;
        if (!ready && listener != null) {
            ready = true;
            reason = why;
            LOG.info("USB keyboard: {}", why);
            listener.reportReady(why);
        }
    }

    synchronized void offline(String why) {
        HidFeedback listener = feedback;
        if (listener == null || !ready && why.equals(reason)) {
            return;
        }
        ready = false;
        reason = why;
        LOG.info("USB keyboard: {}", why);
        leds(Leds.UNKNOWN);
        listener.reportOffline(why);
    }

    synchronized void leds(Leds now) {
        HidFeedback listener = feedback;
        if (listener != null && !now.equals(leds)) {
            leds = now;
            listener.reportLeds(now);
        }
    }
}
