package org.catseye.launcher.selection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.feature.FeatureReader;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * The features of one run: the base, those of the command line, and those that an administrator has switched on. If there are neither of
 * these, the default runs. Immutable.
 *
 * @param features the base first
 * @param commandLine those of the command line or the environment
 * @param chosen those that an administrator has switched on; empty if nobody has chosen, or the choice is ignored
 * @param problem why the choice is ignored, or a part of it, as a sentence; empty if it is not
 */
public record FeatureSelection(List<Feature> features, List<String> commandLine, Optional<List<String>> chosen, String problem) {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final String DEFAULT_FEATURE = "virtual-target";

    /**
     * Selects the features of a start.
     *
     * @param ignored why the choice is ignored; empty if it is not
     */
    static FeatureSelection select(FeatureReader reader, LaunchOptions options, ChosenFeatures choice, String ignored) throws StartRefusedException {
        String problem = ignored;
        Optional<List<String>> chosen = Optional.empty();
        try {
            chosen = ignored.isEmpty() ? choice.readNames() : Optional.empty();
        } catch (IOException e) {
            problem = "The features that were switched on are ignored: " + StartRefusedException.describeCause(e) + ".";
        }
        List<String> usable = new ArrayList<>();
        for (String name : chosen.orElse(List.of())) {
            try {
                reader.readFeature(name);
                usable.add(name);
            } catch (StartRefusedException e) {
                problem = "The feature " + name + " was switched on, and cannot be used: " + e.getMessage() + ".";
            }
        }
        if (!problem.isEmpty()) {
            LOG.warning(problem);
        }
        return of(reader, options.featureNames(), chosen.map(names -> List.copyOf(usable)), problem);
    }

    private static FeatureSelection of(FeatureReader reader, List<String> commandLine, Optional<List<String>> chosen, String problem) throws StartRefusedException {
        Set<String> names = new LinkedHashSet<>(commandLine);
        names.addAll(chosen.orElse(commandLine.isEmpty() ? List.of(DEFAULT_FEATURE) : List.of()));
        return new FeatureSelection(reader.readWithBase(List.copyOf(names)), commandLine, chosen, problem);
    }

    /** The same with another choice. */
    FeatureSelection withChosen(FeatureReader reader, List<String> names) throws StartRefusedException {
        return of(reader, commandLine, Optional.of(List.copyOf(names)), "");
    }

    /** What an administrator has chosen, or would have chosen to get the same features. */
    List<String> effectiveChoice() {
        return chosen.orElse(commandLine.isEmpty() ? List.of(DEFAULT_FEATURE) : List.of());
    }

    boolean isOn(String feature) {
        return features.stream().anyMatch(each -> each.name().equals(feature));
    }
}
