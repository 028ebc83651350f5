package org.catseye.plugins;

/**
 * A bundle of the product.
 *
 * @param running whether it is active, or a fragment or library that is resolved
 */
public record ProductBundle(String name, String version, boolean running) {
}
