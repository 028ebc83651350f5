package org.catseye.web.rest.monitoring;

import java.util.Optional;
import org.catseye.board.BoardHealth;
import org.catseye.board.BoardState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The health of the board, if a bundle watches it. Thread-safe. */
@Component(service = CurrentBoard.class)
public final class CurrentBoard {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile BoardHealth health;

    /** Empty if no bundle watches the board. */
    Optional<BoardState> readState() {
        return Optional.ofNullable(health).map(BoardHealth::currentState);
    }
}
