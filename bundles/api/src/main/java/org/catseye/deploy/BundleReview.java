package org.catseye.deploy;

import java.util.Optional;
import java.util.jar.Attributes;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reviews a bundle before it is installed: one with the name of a bundle that every login needs has to provide what that one does. It guards against
 * mistakes, not against an attacker, whose jar may claim anything. Thread-safe; does not block.
 */
@ProviderType
public interface BundleReview {

    /**
     * Compares a bundle with the installed one of the same symbolic name.
     *
     * @param headers the main section of its manifest
     * @return empty if it may be installed, else the reason, as a sentence without a full stop
     */
    Optional<String> findProblem(Attributes headers);
}
