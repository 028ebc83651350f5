package org.catseye.launcher.feature;

import java.nio.file.Path;

/**
 * A Maven coordinate as the OSGi Feature Service writes it: {@code group:artifact:version}, {@code group:artifact:type:version} or
 * {@code group:artifact:type:classifier:version}, with or without {@code mvn:} before it.
 */
public record ArtifactId(String group, String name, String type, String classifier, String version) {

    public static ArtifactId parseId(String id) {
        String[] part = (id.startsWith("mvn:") ? id.substring(4).replace('/', ':') : id).split(":", -1);
        for (String text : part) {
            if (!text.matches("[A-Za-z0-9._+-]+") || text.startsWith(".")) {
                throw new IllegalArgumentException("'" + id + "' is not an artifact id; write group:artifact:version");
            }
        }
        return switch (part.length) {
            case 3 -> new ArtifactId(part[0], part[1], "jar", "", part[2]);
            case 4 -> new ArtifactId(part[0], part[1], part[2], "", part[3]);
            case 5 -> new ArtifactId(part[0], part[1], part[2], part[3], part[4]);
            default -> throw new IllegalArgumentException("'" + id + "' is not an artifact id; write group:artifact:version");
        };
    }

    /** The bundle location. It does not contain the installation folder, so an update of the product finds its bundle again. */
    public String bundleLocation() {
        return "mvn:" + group + ":" + name + (classifier.isEmpty() ? "" : ":" + type + ":" + classifier) + ":" + version;
    }

    /** The path of the file in {@code repository/}, in Maven's layout. */
    public Path repositoryPath() {
        String file = name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
        return Path.of(group.replace('.', '/'), name, version, file);
    }
}
