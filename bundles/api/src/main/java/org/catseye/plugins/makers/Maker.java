package org.catseye.plugins.makers;

import java.time.Instant;
import java.util.Optional;

/**
 * A trusted maker of plug-ins: a certificate in a file.
 *
 * @param id the SHA-256 fingerprint of the certificate, 64 hexadecimal digits; the file name of a file that cannot be used
 * @param name the subject of the certificate, without control characters, at most 200 characters; the file name if it cannot be used
 * @param expires the end of the certificate's validity; empty if the file cannot be used
 * @param problem why the file cannot be used, as a sentence; empty if it can
 */
public record Maker(String id, String name, Optional<Instant> expires, String problem) {
}
