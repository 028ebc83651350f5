package org.catseye.core.hid.session;

import java.util.Optional;
import org.catseye.hid.HidListener;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.hid.Usage;
import org.catseye.targets.PointerArea;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One user's session. After it was given back its methods have no effect. */
public final class HubSession implements HidSession {

    private static final Logger LOG = LoggerFactory.getLogger(HubSession.class);
    private static final int BUTTON_MASK = 0x1f;
    private static final int MAX_KEY = 0xff;
    /** Usages 1 to 3 of the Keyboard page are errors that a keyboard reports, not keys. */
    private static final int MIN_KEY = 4;

    private final SessionInput input = new SessionInput();
    private final SessionHub hub;
    /** Keeps a listener's calls in order; guards what it was notified of last. */
    private final Object notifying = new Object();
    private volatile Optional<HidListener> listener = Optional.empty();
    private Optional<HidState> lastState = Optional.empty();
    private Optional<Leds> lastLeds = Optional.empty();

    public HubSession(SessionHub hub) {
        this.hub = hub;
    }

    /** @throws IllegalArgumentException if the usage is not a key: the message names it */
    @Override
    public void setKey(Usage usage, boolean down) {
        if (!isKey(usage)) {
            throw new IllegalArgumentException(String.format("usage 0x%02x:0x%02x is no key; keys are 0x07:0x04..0xff, "
                + "0x0c:0x01..0xffff and 0x01:0x81..0x83", usage.page(), usage.id()));
        }
        hub.applyInput(this, state -> state.setKey(input, usage, down));
    }

    @Override
    public void movePointerTo(double x, double y, int buttons) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("pointer position " + x + "," + y + " is not valid; both must be 0 to 1");
        }
        PointerArea area = hub.pointerArea();
        hub.applyInput(this, state -> state.movePointerTo(input, area.toDesktopX(x), area.toDesktopY(y), buttons & BUTTON_MASK));
    }

    @Override
    public void movePointerBy(int dx, int dy, int buttons) {
        hub.applyInput(this, state -> state.movePointerBy(input, dx, dy, buttons & BUTTON_MASK));
    }

    @Override
    public void turnWheel(int dx, int dy) {
        hub.applyInput(this, state -> state.turnWheel(dx, dy));
    }

    @Override
    public void releaseAll() {
        hub.applyInput(this, state -> state.releaseSession(input));
    }

    @Override
    public Delivery awaitDelivery(long timeoutMillis) throws InterruptedException {
        return hub.awaitDelivery(this, timeoutMillis);
    }

    @Override
    public Leds currentLeds() {
        return hub.visibleState().leds();
    }

    @Override
    public HidState currentState() {
        return hub.visibleState().state();
    }

    @Override
    public void setListener(HidListener newListener) {
        synchronized (notifying) {
            listener = Optional.ofNullable(newListener);
            lastState = Optional.empty();
            lastLeds = Optional.empty();
        }
        notifyListener();
    }

    /** Notifies the listener of what changed since it was notified last. */
    public void notifyListener() {
        synchronized (notifying) {
            listener.ifPresent(this::notifyChanges);
        }
    }

    /** Stops notifications. Does not wait for one that is under way: the listener may be waiting for this thread. */
    public void removeListener() {
        listener = Optional.empty();
    }

    /** What this session holds. Guarded by the hub's lock. */
    public SessionInput input() {
        return input;
    }

    private void notifyChanges(HidListener current) {
        SessionHub.VisibleState visible = hub.visibleState();
        try {
            if (lastState.filter(visible.state()::equals).isEmpty()) {
                lastState = Optional.of(visible.state());
                current.onStateChanged(visible.state());
            }
            if (lastLeds.filter(visible.leds()::equals).isEmpty()) {
                lastLeds = Optional.of(visible.leds());
                current.onLedsChanged(visible.leds());
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A listener of the keyboard hub failed; it must not throw.", e);
        }
    }

    private static boolean isKey(Usage usage) {
        return switch (usage.page()) {
            case Usage.KEYBOARD_PAGE -> usage.id() >= MIN_KEY && usage.id() <= MAX_KEY;
            case Usage.CONSUMER_PAGE -> usage.id() > 0;
            case Usage.DESKTOP_PAGE -> usage.id() >= 0x81 && usage.id() <= 0x83;
            default -> false;
        };
    }
}
