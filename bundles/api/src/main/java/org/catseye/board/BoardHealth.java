package org.catseye.board;

import org.osgi.annotation.versioning.ProviderType;

/** The health of the board. Thread-safe; the method returns immediately. */
@ProviderType
public interface BoardHealth {

    /** The result of the last reading, which is some seconds old. Without conditions before the first reading. */
    BoardState currentState();
}
