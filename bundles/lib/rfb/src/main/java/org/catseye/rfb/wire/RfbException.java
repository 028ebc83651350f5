package org.catseye.rfb.wire;

import java.io.IOException;

/** The other side breaks the protocol, exceeds a limit, or refuses the connection. The message is for the user. */
public final class RfbException extends IOException {

    private static final long serialVersionUID = 1;

    public RfbException(String message) {
        super(message);
    }

    public RfbException(String message, Throwable cause) {
        super(message, cause);
    }
}
