package org.catseye.media;

import java.time.Instant;
import java.util.Objects;

/**
 * A file of the library.
 *
 * @param id does not change when the image is renamed; letters and digits
 * @param name the file's name, unique in the library
 * @param bytes the size
 * @param sha256 64 lower-case hexadecimal digits; empty until it is known, and for an image that was written to since
 * @param user who added it; empty if somebody put the file into the folder
 * @param added when it was added
 */
public record MediaImage(String id, String name, long bytes, String sha256, String user, Instant added) {

    public MediaImage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(added, "added");
    }
}
