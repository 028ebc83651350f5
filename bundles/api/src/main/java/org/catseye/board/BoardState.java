package org.catseye.board;

import java.util.List;

/**
 * The state of the board, as an immutable snapshot.
 *
 * @param conditions what needs attention, the most severe first; empty if nothing does
 * @param figures what was measured; a figure that this board does not have is missing
 */
public record BoardState(List<BoardCondition> conditions, List<BoardFigure> figures) {

    public BoardState {
        conditions = List.copyOf(conditions);
        figures = List.copyOf(figures);
    }
}
