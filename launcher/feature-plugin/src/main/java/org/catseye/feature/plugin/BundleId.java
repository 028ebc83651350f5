package org.catseye.feature.plugin;

/**
 * A bundle as a feature file names it: {@code group:artifact:version} or {@code group:artifact:type:classifier:version}.
 *
 * @param classifier null when there is none
 */
record BundleId(String group, String artifact, String type, String classifier, String version) {

    static BundleId parse(String id) {
        String[] part = id.split(":", -1);
        return switch (part.length) {
            case 3 -> new BundleId(part[0], part[1], "jar", null, part[2]);
            case 5 -> new BundleId(part[0], part[1], part[2], part[3], part[4]);
            default -> throw new IllegalArgumentException("'" + id + "' is not a bundle's id; write group:artifact:version");
        };
    }
}
