package org.catseye.plugins.health;

import java.util.Objects;

/**
 * A limit that a plug-in is over.
 *
 * @param measured in the unit of the figure
 * @param limit the largest value that is allowed, in the same unit
 */
public record ExceededLimit(HealthFigure figure, long measured, long limit) {

    public ExceededLimit {
        Objects.requireNonNull(figure, "figure");
    }
}
