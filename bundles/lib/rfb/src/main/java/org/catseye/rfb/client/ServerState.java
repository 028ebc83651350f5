package org.catseye.rfb.client;

import org.catseye.rfb.picture.PointerShape;

/**
 * What the server has reported, as an immutable snapshot.
 *
 * @param name of the desktop, for users
 * @param extendedKeys whether it understands scan codes
 * @param relativePointer whether it expects movements in place of positions
 * @param leds bit 0 Scroll Lock, 1 Num Lock, 2 Caps Lock; -1 if unknown
 * @param pointer its shape, which the client draws
 */
public record ServerState(String name, boolean extendedKeys, boolean relativePointer, int leds, PointerShape pointer) {

    ServerState withName(String now) {
        return new ServerState(now, extendedKeys, relativePointer, leds, pointer);
    }

    ServerState withExtendedKeys() {
        return new ServerState(name, true, relativePointer, leds, pointer);
    }

    ServerState withRelativePointer(boolean now) {
        return new ServerState(name, extendedKeys, now, leds, pointer);
    }

    ServerState withLeds(int now) {
        return new ServerState(name, extendedKeys, relativePointer, now, pointer);
    }

    ServerState withPointer(PointerShape now) {
        return new ServerState(name, extendedKeys, relativePointer, leds, now);
    }
}
