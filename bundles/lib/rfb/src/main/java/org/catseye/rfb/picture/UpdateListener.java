package org.catseye.rfb.picture;

/** What an update reports besides pixels. Called on the thread that reads. */
public interface UpdateListener {

    void handlePointerShape(PointerShape shape);

    /** The pointer is here, moved by the server or another client. */
    void handlePointerPosition(int x, int y);

    void handleDesktopName(String name);

    /** The server understands scan codes. */
    void handleExtendedKeys();

    /** @param leds bit 0 Scroll Lock, 1 Num Lock, 2 Caps Lock */
    void handleLeds(int leds);

    /** @param relative whether the server expects movements in place of positions */
    void handlePointerMode(boolean relative);
}
