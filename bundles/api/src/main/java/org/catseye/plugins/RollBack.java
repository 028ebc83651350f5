package org.catseye.plugins;

import java.time.Instant;

/**
 * A change that was undone because the new version did not work.
 *
 * @param version the version that did not work
 * @param reason as a sentence
 */
public record RollBack(String plugin, String version, Instant time, String reason) {
}
