package org.catseye.plugins;

/**
 * Something that a plug-in provides.
 *
 * @param label the display name of a device, the path of a page or a resource, or the name of a service
 * @param target the id of the target that it belongs to; empty if it belongs to none
 */
public record PluginPart(Kind kind, String label, String target) {

    /** The kinds of parts. */
    public enum Kind { VIDEO, INPUT, DRIVE, POWER, SELF_CHECK, RESOURCE, PAGE, SERVICE }
}
