package org.catseye.core.media;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.core.media.library.Attachments.Place;
import org.catseye.media.AttachedMedium;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;

/**
 * A drive of a target, under the name that its service has.
 *
 * @param place the target and the drive's name
 * @param label its name for the user
 */
record Drive(Place place, String label, MediaDrive device) {

    /**
     * What a drive reported.
     *
     * @param failure one sentence; empty if it answered
     * @param shown what is in the drive, for the user; empty if nothing is, or if that is unknown
     */
    record Outcome(DriveReading reading, String failure, Optional<AttachedMedium> shown) {

        static final Outcome UNREAD = failed("The drive has not answered yet.");

        /** What this medium was found to be; empty if it was another one, or not known. An attached image can't be renamed or deleted. */
        Optional<AttachedMedium> findShown(Medium medium) {
            return reading.medium().equals(Optional.of(medium)) ? shown.filter(known -> !known.image().isEmpty()) : Optional.empty();
        }

        static Outcome failed(String failure) {
            return new Outcome(DriveReading.EMPTY, failure, Optional.empty());
        }
    }

    /** Reads the drive. Blocks as long as it does. @param describer tells the user what a medium is */
    Outcome readOutcome(Function<Medium, AttachedMedium> describer) {
        try {
            DriveReading reading = device.readDrive();
            return new Outcome(reading, "", reading.medium().map(describer));
        } catch (IOException | RuntimeException | LinkageError e) {
            return Outcome.failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }
}
