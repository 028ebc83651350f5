package org.catseye.launcher;

import java.util.List;
import java.util.Map;

/**
 * One feature file: the part of the OSGi Feature Service's JSON (chapter 159 of the OSGi Compendium) that the launcher acts on.
 *
 * @param name the file's name without {@code .json}
 * @param bundles in the order of the file
 * @param configurations by PID; values are String, Boolean, Long, Double or a List of these
 * @param frameworkProperties of the extension {@code framework-launching-properties}
 */
record Feature(String name, List<Entry> bundles, Map<String, Map<String, Object>> configurations, Map<String, String> frameworkProperties) {

    /**
     * A bundle.
     *
     * @param startLevel {@code start-order} in the file
     * @param keepsSettings whether a recovery leaves its configuration in effect
     * @param pid what its configuration PIDs begin with: the bundle's name, unless {@code pid} in the file says otherwise
     */
    record Entry(Artifact artifact, int startLevel, boolean keepsSettings, String pid) {

        Entry(Artifact artifact, int startLevel, boolean keepsSettings) {
            this(artifact, startLevel, keepsSettings, artifact.name());
        }
    }
}
