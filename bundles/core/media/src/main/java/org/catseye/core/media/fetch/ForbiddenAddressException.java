package org.catseye.core.media.fetch;

import java.io.IOException;

/** A host has only addresses that this download must not connect to. */
public final class ForbiddenAddressException extends IOException {

    private static final long serialVersionUID = 1;

    ForbiddenAddressException(String host) {
        super(host + " is in a private network or on this device. Only administrators can download from there.");
    }
}
