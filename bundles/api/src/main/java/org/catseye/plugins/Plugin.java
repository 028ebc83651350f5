package org.catseye.plugins;

import java.time.Instant;
import java.util.List;

/**
 * A file of the drop folder and its bundle.
 *
 * @param fileName in the drop folder
 * @param installed when the file was last changed
 * @param reason why the state is not {@link PluginState#RUNNING}, as a sentence, or what does not work although it is; empty if all is well
 * @param enabled whether the plug-in runs when it can; false if an administrator stopped it
 * @param parts what it currently provides
 * @param configurations the PIDs and factory PIDs that its forms describe
 * @param keptVersions earlier versions that can be restored, the newest first
 */
public record Plugin(PluginDescription description, String fileName, Instant installed, PluginState state, String reason, boolean enabled,
        List<PluginPart> parts, List<String> configurations, List<KeptVersion> keptVersions) {

    public Plugin {
        parts = List.copyOf(parts);
        configurations = List.copyOf(configurations);
        keptVersions = List.copyOf(keptVersions);
    }

    /**
     * An earlier version.
     *
     * @param replaced when it was replaced
     */
    public record KeptVersion(String version, Instant replaced) {
    }
}
