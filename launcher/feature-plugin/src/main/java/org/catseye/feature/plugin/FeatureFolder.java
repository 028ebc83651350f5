package org.catseye.feature.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** A folder of feature files (*.json), whose ids may hold {@code ${project.version}}. */
final class FeatureFolder {

    private final Path folder;
    private final String projectVersion;

    FeatureFolder(Path folder, String projectVersion) {
        this.folder = folder;
        this.projectVersion = projectVersion;
    }

    /** The bundles of all features, each once, in the order of the files' names. */
    Collection<BundleId> readBundles() throws IOException {
        Set<BundleId> bundles = new LinkedHashSet<>();
        for (Path file : findFiles()) {
            JsonNode listed = new ObjectMapper().readTree(file.toFile()).path("bundles");
            if (!listed.isArray()) {
                throw new IllegalArgumentException(file.getFileName() + " has no list \"bundles\"");
            }
            for (JsonNode bundle : listed) {
                bundles.add(BundleId.parse(bundle.path("id").asText().replace("${project.version}", projectVersion)));
            }
        }
        return bundles;
    }

    private Set<Path> findFiles() throws IOException {
        Set<Path> sorted = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            files.forEach(sorted::add);
        }
        return sorted;
    }
}
