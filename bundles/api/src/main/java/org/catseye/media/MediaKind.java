package org.catseye.media;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the remote computer takes an attached image for. */
public enum MediaKind {
    /** A CD or DVD, which is always read-only. */
    CDROM,
    /** A USB disk. */
    DISK;

    /** The name in the REST API and in configurations: the constant's name in lower case. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this {@link #publicName()}; empty if there is none. */
    public static Optional<MediaKind> findByPublicName(String name) {
        return Stream.of(values()).filter(kind -> kind.publicName().equals(name)).findFirst();
    }
}
