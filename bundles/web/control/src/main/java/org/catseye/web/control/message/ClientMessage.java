package org.catseye.web.control.message;

import org.catseye.hid.HidSession;
import org.catseye.hid.Usage;

/** A checked message from a client. */
public sealed interface ClientMessage {

    /** Keyboard or pointer input, which needs the permission CONTROL. */
    sealed interface InputAction extends ClientMessage {
        void applyTo(HidSession session);

        /** False for an action that only releases keys: it is always allowed, and doesn't acquire control. */
        default boolean needsControl() {
            return true;
        }

        /** False also for a pointer that only moves: it is accepted while the lease is free, and doesn't acquire it. */
        default boolean acquiresControl() {
            return needsControl();
        }
    }

    /** A key is pressed or released. */
    record KeyPress(KeyCodes.Key key, boolean down) implements InputAction {
        @Override
        public void applyTo(HidSession session) {
            if (down) {
                session.setKey(key.selectUsage(session.currentState().features()), true);
                return;
            }
            for (Usage usage : key.usages()) {
                session.setKey(usage, false);
            }
        }

        @Override
        public boolean needsControl() {
            return down;
        }

        /** Without the key, so that no log shows what a user types. */
        @Override
        public String toString() {
            return "KeyPress";
        }
    }

    /** The absolute pointer; {@code x} and {@code y} are fractions of the picture, 0 to 1. */
    record PointerPosition(double x, double y, int buttons) implements InputAction {
        @Override
        public void applyTo(HidSession session) {
            session.movePointerTo(x, y, buttons);
        }

        @Override
        public boolean acquiresControl() {
            return buttons != 0;
        }
    }

    /** The relative pointer, in counts. */
    record PointerMotion(int dx, int dy, int buttons) implements InputAction {
        @Override
        public void applyTo(HidSession session) {
            session.movePointerBy(dx, dy, buttons);
        }

        @Override
        public boolean acquiresControl() {
            return buttons != 0;
        }
    }

    /** The wheel, in notches. */
    record WheelTurn(int dx, int dy) implements InputAction {
        @Override
        public void applyTo(HidSession session) {
            session.turnWheel(dx, dy);
        }
    }

    /** Releases all keys and buttons of this socket. */
    record ReleaseAll() implements InputAction {
        @Override
        public void applyTo(HidSession session) {
            session.releaseAll();
        }

        @Override
        public boolean needsControl() {
            return false;
        }
    }

    /** A request about who controls the target. */
    record ControlRequest(Kind kind) implements ClientMessage {
        /** The kinds of requests. */
        public enum Kind { REQUEST, GRANT, DENY, TAKE, RELEASE }
    }

    /** A test of the connection; the answer carries the same id. */
    record Ping(long id) implements ClientMessage {
    }
}
