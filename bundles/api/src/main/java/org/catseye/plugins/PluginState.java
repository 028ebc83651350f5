package org.catseye.plugins;

/** Whether a plug-in works. */
public enum PluginState {
    /** It runs. */
    RUNNING,
    /** It has not been started yet. */
    STARTING,
    /** It waits for a package, a service or a configuration, which the reason names. */
    WAITING,
    /** An administrator has stopped it. */
    DISABLED,
    /** Another version of it runs in its place. */
    NOT_USED,
    /** The file is not installed. */
    REFUSED,
    /** The process ended twice while it started, so it is not started any more. */
    HELD,
    /** It could not be installed or started. */
    FAILED
}
