package org.catseye.core.watchdog.owner;

/**
 * The bundle that something belongs to. It is the same before and after an update.
 *
 * @param name symbolic name
 * @param plugin whether it is a plug-in
 */
public record BundleOwner(String name, boolean plugin) {
}
