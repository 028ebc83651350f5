package org.catseye.launcher.feature;

import java.util.List;
import java.util.Map;

/**
 * One feature file: the part of the OSGi Feature Service's JSON (OSGi Compendium, chapter 159) that the launcher uses.
 *
 * @param name the file's name without {@code .json}
 * @param title the name for users; {@code name} in the file
 * @param description what the feature is for, as a sentence; empty if the file has none
 * @param bundles in the order of the file
 * @param configurations by PID; values are String, Boolean, Long, Double or a List of these
 * @param frameworkProperties of the extension {@code framework-launching-properties}
 */
public record Feature(String name, String title, String description, List<Entry> bundles, Map<String, Map<String, Object>> configurations,
        Map<String, String> frameworkProperties) {

    /** Without texts for users. */
    public Feature(String name, List<Entry> bundles, Map<String, Map<String, Object>> configurations, Map<String, String> frameworkProperties) {
        this(name, name, "", bundles, configurations, frameworkProperties);
    }

    /**
     * A bundle of the feature.
     *
     * @param startLevel {@code start-order} in the file
     * @param keepsSettings whether a recovery leaves its configuration in effect
     * @param pid the prefix of its configuration PIDs: the bundle's name, unless the file has {@code pid}
     */
    public record Entry(ArtifactId artifact, int startLevel, boolean keepsSettings, String pid) {

        public Entry(ArtifactId artifact, int startLevel, boolean keepsSettings) {
            this(artifact, startLevel, keepsSettings, artifact.name());
        }
    }
}
