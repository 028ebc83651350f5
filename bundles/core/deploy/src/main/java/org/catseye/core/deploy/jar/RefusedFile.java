package org.catseye.core.deploy.jar;

import java.util.Optional;
import org.catseye.core.deploy.signature.JarSignature;

/**
 * A file of the drop folder that is not installed.
 *
 * @param symbolicName of its bundle; empty if it has none
 * @param signature {@link JarSignature#NONE} if it is not a whole jar
 */
public record RefusedFile(String fileName, Optional<String> symbolicName, String reason, JarSignature signature) {
}
