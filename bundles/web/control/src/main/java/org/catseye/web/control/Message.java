package org.catseye.web.control;

import org.catseye.hid.HidSession;
import org.catseye.hid.Usage;

/** What a client may say, checked. */
sealed interface Message {

    /** Something done with hands, that needs the permission for it. */
    sealed interface Deed extends Message {
        void doWith(HidSession hands);
    }

    /** A key goes down or up. */
    record Press(KeyCodes.Key key, boolean down) implements Deed {
        @Override
        public void doWith(HidSession hands) {
            if (down) {
                hands.key(key.usage(hands.state().features()), true);
                return;
            }
            for (Usage usage : key.usages()) {
                hands.key(usage, false);
            }
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
            hands.pointTo(x, y, buttons);
        }
    }

    /** The relative pointer. */
    record Move(int dx, int dy, int buttons) implements Deed {
        @Override
        public void doWith(HidSession hands) {
            hands.moveBy(dx, dy, buttons);
        }
    }

    /** The wheel. */
    record Wheel(int dx, int dy) implements Deed {
        @Override
        public void doWith(HidSession hands) {
            hands.wheel(dx, dy);
        }
    }

    /** Hands off. */
    record ReleaseAll() implements Deed {
        @Override
        public void doWith(HidSession hands) {
            hands.releaseAll();
        }
    }

    /** Are you there. */
    record Ping(long id) implements Message {
    }
}
