package org.catseye.core.config.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.config.format.ConfigurationPid;

/**
 * A change of a file that ConfigurationAdmin does not have yet.
 *
 * @param values all values; empty if the file was removed
 * @param keys the keys whose values changed
 */
public record FileChange(ConfigurationPid pid, Optional<Map<String, Object>> values, Set<String> keys) {
}
