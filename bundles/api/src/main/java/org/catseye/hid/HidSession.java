package org.catseye.hid;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The keyboard and pointer input of one viewer for one target. Registered as a prototype-scoped service with the property
 * {@code kvm.target}: each consumer gets its own session. When the consumer's bundle or the hub stops, the framework returns the
 * session, and all of its keys and buttons are released. The hub sends the target the union of the keys and buttons of all
 * sessions.
 *
 * <p>Thread-safe. No method throws because the target is offline: {@link #currentState()} reports that, and the held keys and
 * buttons are sent when the target is back. A call may wait for the device for up to 0.1 s.
 */
@ProviderType
public interface HidSession {

    /** Maximum number of keys that a session can hold at once. Further keys are ignored until one is released. */
    int MAX_HELD_KEYS = 32;

    /**
     * Presses or releases a key. Has no effect if the key is already in this state.
     *
     * @param usage a usage of any page
     * @param down true to press, false to release
     */
    void setKey(Usage usage, boolean down);

    /**
     * Moves the absolute pointer and sets the buttons of this session.
     *
     * @param x horizontal position in the picture, from 0 (left edge) to 1 (right edge); clamped
     * @param y vertical position in the picture, from 0 (top edge) to 1 (bottom edge); clamped
     * @param buttons bit mask as in PointerEvent.buttons: 1 left, 2 right, 4 middle, 8 back, 16 forward
     * @throws IllegalArgumentException if a coordinate is not a finite number
     */
    void movePointerTo(double x, double y, int buttons);

    /**
     * Moves the relative pointer and sets the buttons of this session. Large movements are split into several reports.
     *
     * @param dx counts to the right, clamped to ±4096
     * @param dy counts downwards, clamped to ±4096
     * @param buttons bit mask as in {@link #movePointerTo}
     */
    void movePointerBy(int dx, int dy, int buttons);

    /**
     * Turns the wheel.
     *
     * @param dx steps to the right, clamped to ±127
     * @param dy steps away from the user, clamped to ±127
     */
    void turnWheel(int dx, int dy);

    /** Releases all keys and buttons that this session holds. */
    void releaseAll();

    /**
     * Waits until the target has taken everything that was passed to this session. Use it to send no faster than a slow target reads.
     *
     * @param timeoutMillis maximum time to wait
     * @return what became of the input since the previous call with another result than {@link Delivery#WAITING}
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    Delivery awaitDelivery(long timeoutMillis) throws InterruptedException;

    /** What became of the input of a session. */
    enum Delivery {
        /** The device took all of it. */
        WRITTEN,
        /** Some of it still waits for the device. */
        WAITING,
        /** Some of it may not have arrived: there was no device, it failed, or more input came than it takes. */
        LOST
    }

    /** The keyboard lights as last set by the target. */
    Leds currentLeds();

    /** Whether keys and pointer input currently reach the target. */
    HidState currentState();

    /**
     * Sets the listener for changes of keyboard lights and state, replacing the previous one. It is called once immediately with
     * the current values, and from then on by threads of the hub.
     */
    void setListener(HidListener listener);
}
