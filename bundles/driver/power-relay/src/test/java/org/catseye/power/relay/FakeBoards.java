package org.catseye.power.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.power.relay.board.BoardAddress;
import org.catseye.power.relay.board.BoardKind;
import org.catseye.power.relay.board.BoardNode;
import org.catseye.power.relay.board.Boards;
import org.catseye.power.relay.board.RelayBoard;

/** One board with eight relays that can be unplugged, and that loses its state then, as real boards do. Thread-safe. */
final class FakeBoards implements Boards.Opener {

    private final Map<Integer, Boolean> relays = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private boolean plugged = true;
    private boolean reportsState = true;
    private int failures;
    private boolean onlyClosingFails;
    private int opened;

    private final class Board implements RelayBoard {
        private boolean usable = true;

        @Override
        public void setClosed(int channel, boolean closed) throws IOException {
            synchronized (FakeBoards.this) {
                requireUsable();
                if (failures > 0 && (closed || !onlyClosingFails)) {
                    failures--;
                    // Harsher than life: it has switched all the same.
                    relays.put(channel, closed);
                    throw new IOException("The board did not answer.");
                }
                relays.put(channel, closed);
                log.add((closed ? "close " : "open ") + channel);
                FakeBoards.this.notifyAll();
            }
        }

        @Override
        public Optional<Boolean> readClosed(int channel) throws IOException {
            synchronized (FakeBoards.this) {
                requireUsable();
                return reportsState ? Optional.of(relays.getOrDefault(channel, false)) : Optional.empty();
            }
        }

        private void requireUsable() throws IOException {
            if (!usable || !plugged) {
                usable = false;
                throw new IOException("The board was unplugged.");
            }
        }

        @Override
        public void close() {
            synchronized (FakeBoards.this) {
                usable = false;
            }
        }
    }

    @Override
    public synchronized BoardNode findNode(BoardAddress address) throws IOException {
        if (!plugged) {
            throw new IOException("No board is plugged in.");
        }
        return new BoardNode(BoardKind.HID, "/dev/hidraw0", 8);
    }

    @Override
    public synchronized RelayBoard openNode(BoardNode node) {
        opened++;
        return new Board();
    }

    synchronized void setPlugged(boolean is) {
        plugged = is;
        relays.clear();
    }

    synchronized void setReportsState(boolean does) {
        reportsState = does;
    }

    /** The next commands switch, and fail. */
    synchronized void failCommands(int commands) {
        failures = commands;
        onlyClosingFails = false;
    }

    /** The next commands that close a relay do so, and fail. */
    synchronized void failClosing(int commands) {
        failures = commands;
        onlyClosingFails = true;
    }

    synchronized void setClosed(int channel, boolean closed) {
        relays.put(channel, closed);
    }

    synchronized boolean isClosed(int channel) {
        return relays.getOrDefault(channel, false);
    }

    synchronized int opened() {
        return opened;
    }

    synchronized List<String> takeLog() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    synchronized void awaitClosed(int channel) throws InterruptedException {
        while (!isClosed(channel)) {
            wait();
        }
    }
}
