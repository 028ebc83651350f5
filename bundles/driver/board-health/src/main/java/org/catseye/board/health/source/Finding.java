package org.catseye.board.health.source;

import java.util.Map;
import org.catseye.board.BoardCondition.Severity;

/**
 * Something that needs attention now. It becomes a condition, which also has the time since when it applies.
 *
 * @param id the id of the condition
 * @param description as in the condition; {@value #SINCE} is replaced by the time
 * @param remedy how to fix it
 * @param details the values in the description
 */
public record Finding(String id, Severity severity, String description, String remedy, Map<String, String> details) {

    /** Stands for the time in a description. */
    public static final String SINCE = "{since}";

    /** The end of the id of a condition that is over: {@code under-voltage-earlier}. It is hidden while the condition itself applies. */
    public static final String EARLIER = "-earlier";

    public Finding {
        details = Map.copyOf(details);
    }

    Finding(String id, Severity severity, String description, String remedy) {
        this(id, severity, description, remedy, Map.of());
    }
}
