package org.catseye.plugins.health;

/** Whether a bundle uses too much. */
public enum HealthCondition {
    /** It is within its limits. A bundle of the product has none. */
    OK,
    /** It is over a limit, and is stopped if that goes on. */
    OVER_LIMIT,
    /** The watchdog has stopped it. It stays stopped until an administrator enables it. */
    STOPPED,
    /** It was stopped, but does not end, or threads of it are still running. Only a restart of Catseye ends them. */
    STILL_RUNNING
}
