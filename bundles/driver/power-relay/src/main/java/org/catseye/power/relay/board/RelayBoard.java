package org.catseye.power.relay.board;

import java.io.IOException;
import java.util.Optional;

/** An open board. Its relays are numbered from 1. Thread-safe. */
public interface RelayBoard extends AutoCloseable {

    /**
     * Closes or opens the contact COM-NO of a relay.
     *
     * @throws IOException if the board does not answer, has no such relay, or has not switched; the message is for the user
     */
    void setClosed(int channel, boolean closed) throws IOException;

    /**
     * Whether a relay is closed; empty if the board does not report it.
     *
     * @throws IOException if the board fails or was unplugged, or has no such relay; the message is for the user
     */
    Optional<Boolean> readClosed(int channel) throws IOException;

    /** The relays keep their state. */
    @Override
    void close();
}
