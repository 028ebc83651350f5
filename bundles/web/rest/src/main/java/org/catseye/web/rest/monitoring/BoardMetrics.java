package org.catseye.web.rest.monitoring;

import org.catseye.board.BoardState;

/** The conditions and the figures of the board. */
final class BoardMetrics {

    private static final String PREFIX = "catseye_board_";
    private static final String CONDITION = PREFIX + "condition";

    private BoardMetrics() {
    }

    static void addTo(PrometheusText text, BoardState state) {
        text.addMetric(CONDITION, "gauge", "1 for each condition of the board that needs attention.");
        state.conditions().forEach(condition -> text.addValue(CONDITION, 1, "id", condition.id(), "severity", condition.severity().name()));
        state.figures().forEach(figure -> {
            text.addMetric(PREFIX + figure.name(), "gauge", figure.description());
            text.addValue(PREFIX + figure.name(), figure.value());
        });
    }
}
