package org.catseye.targets;

import java.util.Set;
import org.catseye.access.Rights;
import org.catseye.config.BadValueException;
import org.osgi.annotation.versioning.ProviderType;

/** A computer that is controlled. Registered as a service with the property {@value #ID}. Thread-safe. No method blocks. */
@ProviderType
public interface Target {

    /** Service property: the id of the target that a device, a hub or a target service belongs to. */
    String ID = "kvm.target";

    /** Service property: the display name of a device. */
    String LABEL = "kvm.label";

    /** The id of the target that a device serves when none is configured. */
    String DEFAULT = "default";

    /**
     * Regular expression for a valid id: 1 to 64 letters, digits, dots, dashes and underscores, starting with a letter or digit.
     */
    String ID_PATTERN = Rights.TARGET_ID_PATTERN;

    /**
     * Creates the exception for an id that does not match {@link #ID_PATTERN}.
     *
     * @param pid the PID of the configuration that contains the id as {@link #ID}
     * @param id the invalid id, of any type
     */
    static BadValueException invalidId(String pid, Object id) {
        return new BadValueException(pid, ID, id, "the id of a target: letters, digits, dot, dash and underscore, 64 at most");
    }

    /** The id. */
    String id();

    /** The display name; the id if no name is configured. */
    String label();

    /** The part of the remote computer's desktop that the picture shows. Read for each pointer movement, so it must be fast. */
    default PointerArea pointerArea() {
        return PointerArea.WHOLE;
    }

    /** The capabilities of the devices that are currently available. */
    Set<Capability> presentCapabilities();

    /** A capability that a device adds to a target. */
    enum Capability { VIDEO, HID, MEDIA, POWER }
}
