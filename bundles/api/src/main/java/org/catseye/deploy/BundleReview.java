package org.catseye.deploy;

import java.util.Optional;
import java.util.jar.Attributes;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks a bundle before it is installed. A bundle that replaces one that every login depends on must provide the same
 * capabilities. The check protects against mistakes, not against attackers, because a jar can claim anything in its manifest.
 * Thread-safe; does not block.
 */
@ProviderType
public interface BundleReview {

    /**
     * Compares a bundle with the installed bundle that has the same symbolic name.
     *
     * @param headers the main section of the new bundle's manifest
     * @return empty if the bundle may be installed, otherwise the reason, as a sentence without a full stop
     */
    Optional<String> findProblem(Attributes headers);
}
