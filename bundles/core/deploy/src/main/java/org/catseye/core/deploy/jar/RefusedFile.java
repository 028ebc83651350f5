package org.catseye.core.deploy.jar;

import java.util.Optional;

/**
 * A file of the drop folder that is not installed.
 *
 * @param symbolicName of its bundle; empty if it has none
 */
public record RefusedFile(String fileName, Optional<String> symbolicName, String reason) {
}
