package org.catseye.media;

import java.util.Objects;

/**
 * What is in a drive.
 *
 * @param image the id of the image; empty if it is not in the library
 * @param name the name of the image, or of the file
 * @param kind what the remote computer takes it for
 * @param readOnly whether the remote computer cannot write to it
 */
public record AttachedMedium(String image, String name, MediaKind kind, boolean readOnly) {

    public AttachedMedium {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
    }
}
