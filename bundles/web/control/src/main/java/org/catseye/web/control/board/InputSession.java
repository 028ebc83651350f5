package org.catseye.web.control.board;

import org.catseye.hid.HidSession;

/** An open session of a keyboard hub. */
public record InputSession(InputSource source, HidSession session) {

    /** Releases all keys and closes the session; harmless if the hub has stopped and did so itself. */
    public void closeSession() {
        source.closeSession(session);
    }
}
