package org.catseye.plugins;

/**
 * How a change ended.
 *
 * @param reason why it was not kept; empty if it was
 */
public record PluginResult(Outcome outcome, String plugin, String version, String reason) {

    /** The ends of a change. */
    public enum Outcome {
        /** The new version runs. */
        KEPT,
        /** The previous version, or the absence of the plug-in, is restored. */
        ROLLED_BACK,
        /** The previous file, or its absence, is restored, but the bundle could not be stopped or the previous version does not run. */
        RESTART_NEEDED,
        /** The file was changed by someone else during the trial, and stays as it is. */
        OVERTAKEN
    }
}
