package org.catseye.core.deploy.version;

import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import org.catseye.core.deploy.jar.DroppedJar;
import org.osgi.framework.Bundle;

/**
 * One of the bundles with the same symbolic name, of which one runs.
 *
 * @param jar empty for a bundle that is not from the drop folder
 */
record Candidate(Bundle bundle, Optional<DroppedJar> jar) {

    private static final FileTime NEVER = FileTime.fromMillis(0);

    /** The first one runs: the highest version, then a bundle of the drop folder, then the newest file. */
    static final Comparator<Candidate> PREFERENCE = Comparator.comparing((Candidate candidate) -> candidate.bundle().getVersion())
            .thenComparing(candidate -> candidate.jar().isPresent())
            .thenComparing(candidate -> candidate.jar().map(DroppedJar::modified).orElse(NEVER))
            .thenComparing(candidate -> candidate.bundle().getLocation()).reversed();

    boolean isActive() {
        return bundle.getState() == Bundle.ACTIVE;
    }

    /** For the log. */
    String describe() {
        return "version " + bundle.getVersion() + " " + jar.map(file -> "(" + file.fileName() + ")").orElse("of the product");
    }
}
