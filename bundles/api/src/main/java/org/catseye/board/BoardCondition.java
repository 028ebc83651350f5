package org.catseye.board;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A condition of the board that needs attention.
 *
 * @param id a name that never changes: lower-case letters and dashes, such as {@code under-voltage}
 * @param severity how urgent it is
 * @param since when it was first observed, without a fraction of a second
 * @param description one or two sentences for the user
 * @param remedy how to fix it, for the user
 * @param details the values in the description, so that it can be written in another language
 */
public record BoardCondition(String id, Severity severity, Instant since, String description, String remedy, Map<String, String> details) {

    /** How urgent a condition is, the least urgent first. */
    public enum Severity {
        /** Worth a change at the next opportunity. */
        NOTICE,
        /** The board works, but worse or less reliably than it could. */
        WARNING,
        /** The board may fail soon, or a part of it does not work. */
        CRITICAL
    }

    public BoardCondition {
        if (!id.matches("[a-z][a-z-]{0,63}")) {
            throw new IllegalArgumentException("the id of a condition has lower-case letters and dashes, unlike \"" + id + "\"");
        }
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(remedy, "remedy");
        details = Map.copyOf(details);
    }
}
