package org.catseye.media;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A drive of a target.
 *
 * @param drive its name in the REST API, unique for the target
 * @param label its name for the user
 * @param kinds what can be attached
 * @param writable whether an image can be attached for writing
 * @param condition whether something is attached
 * @param reason one sentence for the user: why the drive is unavailable; empty if it is not
 * @param medium what is attached; empty if nothing is
 */
public record DriveState(String drive, String label, Set<MediaKind> kinds, boolean writable, Condition condition, String reason,
        Optional<AttachedMedium> medium) {

    /** Whether something is attached to a drive. */
    public enum Condition {
        /** Nothing is attached. */
        EMPTY,
        /** An image is attached. */
        ATTACHED,
        /** An image is attached, and the remote computer has locked the drive (SCSI PREVENT ALLOW MEDIUM REMOVAL). */
        LOCKED,
        /** The drive cannot be used, or does not answer. */
        UNAVAILABLE
    }

    public DriveState {
        Objects.requireNonNull(drive, "drive");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(medium, "medium");
        EnumSet<MediaKind> sorted = EnumSet.noneOf(MediaKind.class);
        sorted.addAll(kinds);
        kinds = Collections.unmodifiableSet(sorted);
    }
}
