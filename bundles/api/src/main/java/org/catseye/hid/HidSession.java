package org.catseye.hid;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One viewer's hands on one target. A prototype-scoped service with the property {@code kvm.target}: each getter gets its own,
 * and the framework takes it back (releasing what it holds) when the getter's bundle or the hub stops. The hub sends the union
 * of all sessions' keys and buttons. Thread-safe. No method throws because the target does not listen: {@link #currentState()} tells,
 * and the held state is sent when it listens again. A call may wait for the device, 0.1 s at most.
 */
@ProviderType
public interface HidSession {

    /** Most a session may hold at once; further keys are ignored until one goes up. */
    int MAX_HELD_KEYS = 32;

    /** A key of any page goes down or up. Repeating what is so already is without effect. */
    void setKey(Usage usage, boolean down);

    /**
     * Moves the absolute pointer and sets this session's buttons.
     *
     * @param x 0 (left edge) to 1 (right edge) of the picture; clamped
     * @param y 0 (top) to 1 (bottom); clamped
     * @param buttons mask as PointerEvent.buttons: 1 left, 2 right, 4 middle, 8 back, 16 forward
     * @throws IllegalArgumentException if a coordinate is not a finite number
     */
    void movePointerTo(double x, double y, int buttons);

    /** Moves the relative pointer by counts (split into reports as needed, clamped to ±4096) and sets this session's buttons. */
    void movePointerBy(int dx, int dy, int buttons);

    /** Turns the wheel: {@code dy} positive away from the user, {@code dx} positive to the right; clamped to ±127. */
    void turnWheel(int dx, int dy);

    /** Lets go of everything this session holds. */
    void releaseAll();

    /** The keyboard lights as the target last set them. */
    Leds currentLeds();

    /** Whether the target listens. */
    HidState currentState();

    /** Sets who hears of changes of lights and state; at most one, called once at once, then on threads of the hub. */
    void setListener(HidListener listener);
}
