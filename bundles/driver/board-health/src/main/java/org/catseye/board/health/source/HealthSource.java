package org.catseye.board.health.source;

import java.util.Optional;

/** One subject of the board's health. Called by one thread only, every few seconds, so it reads a few small files and starts no process. */
public interface HealthSource {

    /** The name of the subject in the self-check, such as "Temperature". */
    String subject();

    /** Reads the subject now. Empty if this board does not report it: an unknown board is not a sick board. */
    Optional<Reading> readNow();
}
