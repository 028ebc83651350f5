package org.catseye.core.hid;

import org.catseye.hid.HidListener;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.hid.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One viewer's hands. After it was given back its methods do nothing. */
final class HubSession implements HidSession {

    private static final Logger LOG = LoggerFactory.getLogger(HubSession.class);
    private static final int BUTTONS = 0x1f;
    private static final int LAST_KEY = 0xff;
    /** 1 to 3 of the Keyboard page are errors that a keyboard reports, no keys. */
    private static final int FIRST_KEY = 4;

    /** Under the hub's lock. */
    final Holding holding = new Holding();

    private final HidHub hub;
    /** Keeps a listener's calls in order; guards what it was told. */
    private final Object telling = new Object();
    private volatile HidListener listener;
    private HidState toldState;
    private Leds toldLeds;

    HubSession(HidHub hub) {
        this.hub = hub;
    }

    /** @throws IllegalArgumentException for what is no key: the message names the usage */
    @Override
    public void setKey(Usage usage, boolean down) {
        if (!isKey(usage)) {
            throw new IllegalArgumentException(String.format("usage 0x%02x:0x%02x is no key; keys are 0x07:0x04..0xff, "
                + "0x0c:0x01..0xffff and 0x01:0x81..0x83", usage.page(), usage.id()));
        }
        hub.act(this, input -> input.key(holding, usage, down));
    }

    @Override
    public void movePointerTo(double x, double y, int buttons) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("pointer position " + x + "," + y + " is no place; both must be 0 to 1");
        }
        hub.act(this, input -> input.pointTo(holding, x, y, buttons & BUTTONS));
    }

    @Override
    public void movePointerBy(int dx, int dy, int buttons) {
        hub.act(this, input -> input.moveBy(holding, dx, dy, buttons & BUTTONS));
    }

    @Override
    public void turnWheel(int dx, int dy) {
        hub.act(this, input -> input.wheel(dx, dy));
    }

    @Override
    public void releaseAll() {
        hub.act(this, input -> input.release(holding));
    }

    @Override
    public Leds currentLeds() {
        return hub.told().leds();
    }

    @Override
    public HidState currentState() {
        return hub.told().state();
    }

    @Override
    public void setListener(HidListener newListener) {
        synchronized (telling) {
            listener = newListener;
            toldState = null;
            toldLeds = null;
        }
        tell();
    }

    /** Tells the listener what it has not heard yet. */
    void tell() {
        synchronized (telling) {
            HidListener ear = listener;
            if (ear == null) {
                return;
            }
            HidHub.Told now = hub.told();
            try {
                if (!now.state().equals(toldState)) {
                    toldState = now.state();
                    ear.onStateChanged(toldState);
                }
                if (!now.leds().equals(toldLeds)) {
                    toldLeds = now.leds();
                    ear.onLedsChanged(toldLeds);
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A listener of the keyboard hub failed; it should not throw.", e);
            }
        }
    }

    /** No further word to the listener. Does not wait for one that is being said: the listener may be waiting for us. */
    void fallSilent() {
        listener = null;
    }

    private static boolean isKey(Usage usage) {
        return switch (usage.page()) {
            case Usage.KEYBOARD_PAGE -> usage.id() >= FIRST_KEY && usage.id() <= LAST_KEY;
            case Usage.CONSUMER_PAGE -> usage.id() > 0;
            case Usage.DESKTOP_PAGE -> usage.id() >= 0x81 && usage.id() <= 0x83;
            default -> false;
        };
    }
}
