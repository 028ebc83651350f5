package org.catseye.vnc.input;

import java.io.IOException;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.rfb.client.RfbClient;
import org.catseye.vnc.link.LinkListener;
import org.catseye.vnc.link.LinkState;
import org.catseye.vnc.link.VncLink;

/**
 * The keyboard and pointer of a server, between attach and detach. The keys that were held on a lost connection are forgotten: the server
 * releases them, and the hub sends them again. The hub never calls two methods at the same time.
 */
public final class VncInput implements LinkListener {

    /** How long a report may wait for a connection. */
    private static final long WAIT_MILLIS = 100;

    private final VncLink link;
    private final HidFeedback feedback;
    private RfbClient client;
    private KeyboardTranslator keyboard;
    private PointerTranslator pointer;

    public VncInput(VncLink link, HidFeedback feedback) {
        this.link = link;
        this.feedback = feedback;
    }

    /** Begins to report. */
    public void startInput() {
        link.addListener(this);
        if (link.state().client().isPresent()) {
            handleState(link.state());
        }
        link.setInputAttached(true);
    }

    public void stopInput() {
        link.setInputAttached(false);
        link.removeListener(this);
    }

    @Override
    public void handleState(LinkState state) {
        switch (state.condition()) {
            case CONNECTED -> {
                feedback.reportReady(state.reason());
                feedback.reportLeds(VncLink.convertLeds(state.client().orElseThrow().state().leds()));
            }
            case FAILED -> feedback.reportOffline(state.reason());
            default -> { }
        }
    }

    @Override
    public void handleLeds(Leds leds) {
        feedback.reportLeds(leds);
    }

    public void sendKeyboard(KeyboardReport report) throws IOException {
        useConnection();
        keyboard.sendReport(report);
    }

    public void sendConsumerUsage(int usage) throws IOException {
        useConnection();
        keyboard.sendConsumerUsage(usage);
    }

    public void sendSystemUsage(int usage) throws IOException {
        useConnection();
        keyboard.sendSystemUsage(usage);
    }

    public void sendPointer(PointerReport report) throws IOException {
        useConnection();
        pointer.sendReport(report);
    }

    public void sendMotion(MotionReport report) throws IOException {
        useConnection();
        pointer.sendMotion(report);
    }

    private void useConnection() throws IOException {
        RfbClient current = link.requireClient(WAIT_MILLIS);
        if (current != client) {
            client = current;
            keyboard = new KeyboardTranslator(current);
            pointer = new PointerTranslator(link, current);
        }
    }
}
