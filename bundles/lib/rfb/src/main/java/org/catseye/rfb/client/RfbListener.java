package org.catseye.rfb.client;

/** Follows a connection. Called on the thread that processes messages; must not block. */
public interface RfbListener {

    /** An update is complete. The lock of the picture is free. */
    void handleUpdate();

    /** The pointer is at this place, moved by the server or by another client. */
    void handlePointerPosition(int x, int y);

    /** Called at least once a second, and before each message. @return false to end the connection */
    boolean shouldContinue();

    /** @param leds bit 0 Scroll Lock, 1 Num Lock, 2 Caps Lock */
    void handleLeds(int leds);
}
