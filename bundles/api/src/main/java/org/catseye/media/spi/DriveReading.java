package org.catseye.media.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * What a drive reports.
 *
 * @param medium what is in it; empty if nothing is
 * @param locked whether the remote computer has locked the drive, as far as the drive can tell
 */
public record DriveReading(Optional<Medium> medium, boolean locked) {

    /** The reading of a drive with nothing in it. */
    public static final DriveReading EMPTY = new DriveReading(Optional.empty(), false);

    public DriveReading {
        Objects.requireNonNull(medium, "medium");
    }
}
