package org.catseye.launcher;

import java.nio.file.Path;

/**
 * A Maven coordinate as the OSGi Feature Service writes it: {@code group:artifact:version}, {@code group:artifact:type:version} or
 * {@code group:artifact:type:classifier:version}, with or without {@code mvn:} before it.
 */
record Artifact(String group, String name, String type, String classifier, String version) {

    static Artifact parse(String id) {
        String[] part = (id.startsWith("mvn:") ? id.substring(4).replace('/', ':') : id).split(":", -1);
        for (String text : part) {
            if (!text.matches("[A-Za-z0-9._+-]+") || text.startsWith(".")) {
                throw new IllegalArgumentException("'" + id + "' is not an artifact id; write group:artifact:version");
            }
        }
        return switch (part.length) {
            case 3 -> new Artifact(part[0], part[1], "jar", "", part[2]);
            case 4 -> new Artifact(part[0], part[1], part[2], "", part[3]);
            case 5 -> new Artifact(part[0], part[1], part[2], part[3], part[4]);
            default -> throw new IllegalArgumentException("'" + id + "' is not an artifact id; write group:artifact:version");
        };
    }

    /** The bundle location: it stays the same over versions of the product's folder, so that an update finds its bundle again. */
    String location() {
        return "mvn:" + group + ":" + name + (classifier.isEmpty() ? "" : ":" + type + ":" + classifier) + ":" + version;
    }

    /** Where the file is inside {@code repository/}, in Maven's layout. */
    Path path() {
        String file = name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
        return Path.of(group.replace('.', '/'), name, version, file);
    }
}
