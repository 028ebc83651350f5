package org.catseye.web.control;

import org.catseye.hid.HidSession;
import org.catseye.hid.Usage;

/** What a client may say, checked. */
sealed interface Message {

    /** Something done with hands, that needs the permission for it. */
    sealed interface Deed extends Message {
        void doWith(HidSession hands);

        /** False for what only lets go: it is always allowed, and makes nobody the one in control. */
        default boolean acts() {
            return true;
        }

        /** False also for a pointer that only moves: it is allowed while the lease is free, and does not take it. */
        default boolean takesControl() {
            return acts();
        }
    }

    /** A key goes down or up. */
    record Press(KeyCodes.Key key, boolean down) implements Deed {
        @Override
        public void doWith(HidSession hands) {
            if (down) {
                hands.setKey(key.usage(hands.currentState().features()), true);
                return;
            }
            for (Usage usage : key.usages()) {
                hands.setKey(usage, false);
            }
        }

        @Override
        public boolean acts() {
            return down;
        }

        /** Without the key: what somebody types reaches no log. */
        @Override
        public String toString() {
            return "Press";
        }
    }

    /** The absolute pointer, in parts of the picture. */
    record Place(double x, double y, int buttons) implements Deed {
        @Override
        public void doWith(HidSession hands) {
            hands.movePointerTo(x, y, buttons);
        }

        @Override
        public boolean takesControl() {
            return buttons != 0;
        }
    }

    /** The relative pointer. */
    record Move(int dx, int dy, int buttons) implements Deed {
        @Override
        public void doWith(HidSession hands) {
            hands.movePointerBy(dx, dy, buttons);
        }

        @Override
        public boolean takesControl() {
            return buttons != 0;
        }
    }

    /** The wheel. */
    record Wheel(int dx, int dy) implements Deed {
        @Override
        public void doWith(HidSession hands) {
            hands.turnWheel(dx, dy);
        }
    }

    /** Hands off. */
    record ReleaseAll() implements Deed {
        @Override
        public void doWith(HidSession hands) {
            hands.releaseAll();
        }

        @Override
        public boolean acts() {
            return false;
        }
    }

    /** Something about who is in control. */
    record Wish(Kind kind) implements Message {
        enum Kind { REQUEST, GRANT, DENY, TAKE, RELEASE }
    }

    /** Are you there. */
    record Ping(long id) implements Message {
    }
}
