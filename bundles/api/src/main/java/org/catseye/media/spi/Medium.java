package org.catseye.media.spi;

import java.nio.file.Path;
import java.util.Objects;
import org.catseye.media.MediaKind;

/**
 * What is in a drive, or is to be.
 *
 * @param file an absolute path of a regular file or a block device
 * @param kind what the remote computer takes it for
 * @param readOnly whether the remote computer cannot write to it; always true for {@link MediaKind#CDROM}
 */
public record Medium(Path file, MediaKind kind, boolean readOnly) {

    public Medium {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(kind, "kind");
        readOnly = readOnly || kind == MediaKind.CDROM;
    }
}
