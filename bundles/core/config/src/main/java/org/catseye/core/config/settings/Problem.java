package org.catseye.core.config.settings;

/**
 * A setting or a file that has no effect.
 *
 * @param target the id of the target that the file belongs to
 * @param name the file, with the key if it is about one
 * @param description what is wrong
 * @param remedy how to fix it
 */
record Problem(String target, String name, String description, String remedy) {
}
