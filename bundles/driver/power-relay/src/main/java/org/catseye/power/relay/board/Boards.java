package org.catseye.power.relay.board;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The open boards. The relays of a board may belong to several computers, and a serial port can be opened only once, so the power controls
 * share it. Thread-safe. A board that does not answer delays the others while it is opened.
 */
@Component(service = Boards.class)
public final class Boards {

    private final Opener opener;
    /** By node. Guarded by this. */
    private final Map<String, OpenBoard> open = new HashMap<>();

    /** Finds and opens boards. */
    public interface Opener {

        /** @throws IOException if there is no such board or it may not be opened; the message is for the user */
        BoardNode findNode(BoardAddress address) throws IOException;

        /** @throws IOException as {@link #findNode} */
        RelayBoard openNode(BoardNode node) throws IOException;
    }

    /** An open board and its shares. The shares are guarded by the boards. */
    static final class OpenBoard {
        private final RelayBoard board;
        private final Set<BoardLease> shares = Collections.newSetFromMap(new IdentityHashMap<>());

        OpenBoard(RelayBoard board) {
            this.board = board;
        }

        RelayBoard board() {
            return board;
        }
    }

    @Activate
    public Boards() {
        this(new BoardNodes());
    }

    /** For tests, with other boards. */
    public Boards(Opener opener) {
        this.opener = opener;
    }

    /**
     * Opens a board, or shares one that is open.
     *
     * @throws IOException if there is no such board or it may not be opened; the message is for the user
     */
    public synchronized BoardLease openBoard(BoardAddress address) throws IOException {
        BoardNode node = opener.findNode(address);
        OpenBoard shared = open.get(node.path());
        if (shared == null) {
            shared = new OpenBoard(opener.openNode(node));
            open.put(node.path(), shared);
        }
        BoardLease lease = new BoardLease(this, shared);
        shared.shares.add(lease);
        return lease;
    }

    synchronized void releaseBoard(BoardLease lease, OpenBoard shared) {
        if (shared.shares.remove(lease) && shared.shares.isEmpty()) {
            discardBoard(shared);
        }
    }

    synchronized void discardBoard(OpenBoard shared) {
        open.values().remove(shared);
        shared.board.close();
    }

    @Deactivate
    synchronized void closeAll() {
        open.values().forEach(shared -> shared.board.close());
        open.clear();
    }
}
