package org.catseye.core.access.session;

import java.time.Duration;

/**
 * How long a session lives.
 *
 * @param idle without use
 * @param absolute from its start, however much it is used
 */
public record SessionLimits(Duration idle, Duration absolute) {
}
