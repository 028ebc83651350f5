package org.catseye.targets;

import java.util.Set;
import org.catseye.access.Rights;
import org.catseye.config.BadValueException;
import org.osgi.annotation.versioning.ProviderType;

/** One computer at the other end of the cables. A service with the property {@value #ID}. Thread-safe. */
@ProviderType
public interface Target {

    /** Service property: the id of the target that a device, a hub or a target service belongs to. */
    String ID = "kvm.target";

    /** Service property: a device's name for people. */
    String LABEL = "kvm.label";

    /** The target that a device serves when nobody configured anything. */
    String DEFAULT = "default";

    /** What ids look like: letters, digits, dot, dash and underscore, 1 to 64 of them, beginning with a letter or digit. */
    String ID_PATTERN = Rights.TARGET_ID_PATTERN;

    /**
     * What to say of an id that does not match {@link #ID_PATTERN}.
     *
     * @param pid of the configuration that has it as {@link #ID}
     * @param id as it was given, of any type
     */
    static BadValueException invalidId(String pid, Object id) {
        return new BadValueException(pid, ID, id, "the id of a target: letters, digits, dot, dash and underscore, 64 at most");
    }

    String id();

    /** A name for people; the id if nobody gave one. */
    String label();

    /** Where the picture lies on the desktop of the remote computer; asked for each movement of the pointer. */
    default PointerArea pointerArea() {
        return PointerArea.WHOLE;
    }

    /** What the devices that are there now can do. */
    Set<Capability> presentCapabilities();

    /** What devices bring to a target. */
    enum Capability { VIDEO, HID, MEDIA, POWER }
}
