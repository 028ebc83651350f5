package org.catseye.board;

import java.util.Objects;

/**
 * A figure of the board.
 *
 * @param name a name that never changes and ends with the unit: lower-case letters and underscores, such as {@code temperature_celsius}
 * @param description one sentence that describes it
 * @param value the value in the unit of the name
 */
public record BoardFigure(String name, String description, double value) {

    public BoardFigure {
        if (!name.matches("[a-z][a-z_]{0,63}")) {
            throw new IllegalArgumentException("the name of a figure has lower-case letters and underscores, unlike \"" + name + "\"");
        }
        Objects.requireNonNull(description, "description");
    }
}
