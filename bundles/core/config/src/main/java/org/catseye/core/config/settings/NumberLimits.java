package org.catseye.core.config.settings;

/**
 * The limits of a number in a form.
 *
 * @param min the smallest number; empty if there is no limit
 * @param max the largest number; empty if there is no limit
 */
public record NumberLimits(String min, String max) {
}
