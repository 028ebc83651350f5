package org.catseye.plugins;

import java.util.List;
import java.util.Optional;

/**
 * The features of the product.
 *
 * @param problem why features that were switched on do not run, as a sentence; empty if they do
 * @param rollBack the last change that was undone; its plug-in is the feature, its version is empty
 */
public record FeatureList(List<Feature> features, String problem, Optional<RollBack> rollBack) {

    public FeatureList {
        features = List.copyOf(features);
    }
}
