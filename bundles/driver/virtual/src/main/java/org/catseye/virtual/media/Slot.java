package org.catseye.virtual.media;

import java.io.IOException;
import java.util.Optional;

/** A drive from the side of the computer. Thread-safe. */
public interface Slot {

    /** What is in the drive. */
    Optional<Inserted> inserted();

    /** Keeps people from ejecting the medium, or no longer (SCSI PREVENT ALLOW MEDIUM REMOVAL). */
    void setLocked(boolean on);

    /** Ejects the medium, whether it is locked or not. */
    void ejectMedium();

    /**
     * Writes over the first sector of the medium.
     *
     * @throws IOException if there is none, it is read-only, or the file cannot be written
     */
    void writeFirstSector(byte[] content) throws IOException;

    /**
     * A medium.
     *
     * @param bytes its size
     * @param readOnly whether the computer cannot write to it
     */
    record Inserted(Volume volume, long bytes, boolean readOnly) {
    }
}
