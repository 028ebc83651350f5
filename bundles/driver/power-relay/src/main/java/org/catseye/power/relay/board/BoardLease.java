package org.catseye.power.relay.board;

import java.io.IOException;
import java.util.Optional;
import org.catseye.linux.ErrnoException;

/** A power control's share of an open board. Thread-safe. */
public final class BoardLease {

    private final Boards boards;
    private final Boards.OpenBoard shared;

    BoardLease(Boards boards, Boards.OpenBoard shared) {
        this.boards = boards;
        this.shared = shared;
    }

    /** @see RelayBoard#setClosed */
    public void setClosed(int channel, boolean closed) throws IOException {
        try {
            shared.board().setClosed(channel, closed);
        } catch (ErrnoException e) {
            throw describe(e);
        }
    }

    /** @see RelayBoard#readClosed */
    public Optional<Boolean> readClosed(int channel) throws IOException {
        try {
            return shared.board().readClosed(channel);
        } catch (ErrnoException e) {
            throw describe(e);
        }
    }

    private static IOException describe(ErrnoException e) {
        return new IOException("The relay board does not answer, or it was unplugged: " + e.getMessage(), e);
    }

    /** Gives the share back. The board is closed with its last share. Further calls have no effect. */
    public void close() {
        boards.releaseBoard(this, shared);
    }

    /** After a failure: closes the board for all shares, so that each opens it again. Further calls have no effect. */
    public void discard() {
        boards.discardBoard(shared);
    }
}
