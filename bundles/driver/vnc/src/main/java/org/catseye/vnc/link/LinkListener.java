package org.catseye.vnc.link;

import org.catseye.hid.Leds;

/** Follows the connection. Called on its thread, without locks; must not block. */
public interface LinkListener {

    void handleState(LinkState state);

    /** The picture has changed. */
    default void handleUpdate() {
    }

    /** The pointer has moved. On any thread, perhaps under the lock of the picture. */
    default void handlePointer() {
    }

    default void handleLeds(Leds leds) {
    }
}
