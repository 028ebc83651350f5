package org.catseye.core.hid.session;

import java.util.function.Consumer;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.targets.PointerArea;

/** A hub as its sessions see it. Thread-safe. */
public interface SessionHub {

    /** Applies what a session does, on the caller's thread; without effect once the session was given back. */
    void applyInput(HubSession session, Consumer<InputState> input);

    /** Waits for the device: {@link HidSession#awaitDelivery}. */
    HidSession.Delivery awaitDelivery(HubSession session, long timeoutMillis) throws InterruptedException;

    /** Where the picture, over which pointer positions count, lies on the desktop of the remote computer. */
    PointerArea pointerArea();

    /** What sessions and their listeners may see; the newest. */
    VisibleState visibleState();

    /**
     * The state of the remote keyboard.
     *
     * @param leds as the remote computer set them last
     */
    record VisibleState(HidState state, Leds leds) {
    }
}
