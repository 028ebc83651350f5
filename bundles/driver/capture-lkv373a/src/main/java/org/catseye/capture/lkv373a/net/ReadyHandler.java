package org.catseye.capture.lkv373a.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** The attachment of a channel that is registered with the selector of {@link UdpPorts}. */
public interface ReadyHandler {

    /** The channel is ready. Runs on the receiver's thread and must not block. */
    void handleReady(SelectionKey key) throws IOException;
}
