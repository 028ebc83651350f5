package org.catseye.launcher.recovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.catseye.launcher.feature.Feature;

/**
 * The configuration files that a recovery and the safe mode leave in effect: those of the product's bundles for devices, targets and users. All
 * others could lock users out: those of the base (unless its feature file marks the bundle with {@code "recovery": "keep"}), and those of third
 * parties. A configuration belongs to the bundle whose name, or {@code "pid"} in the feature file, is the beginning of its PID.
 */
public final class RetainedConfigurations {
    private static final String PRODUCT_GROUP = "org.catseye";
    private static final long MAX_BYTES = 256 << 10;
    /** Whether a bundle's settings stay, by the prefix of its PIDs. */
    private final Map<String, Boolean> retainedByPrefix = new TreeMap<>();

    public RetainedConfigurations(List<Feature> features) {
        for (Feature feature : features) {
            for (Feature.Entry entry : feature.bundles()) {
                if (entry.artifact().group().equals(PRODUCT_GROUP)) {
                    retainedByPrefix.merge(entry.pid(), entry.keepsSettings(), Boolean::logicalAnd);
                }
            }
        }
    }

    /** The files in the folder that are not retained, in order. Files equal to the product's defaults are harmless and not listed. */
    public List<Path> findOthers(Path folder, Path defaults) throws IOException {
        List<Path> others = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (!isRetained(file) && !isUnchangedDefault(file, defaults.resolve(file.getFileName().toString()))) {
                    others.add(file);
                }
            }
        }
        return others;
    }

    public boolean isRetained(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".cfg") || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            return false;
        }
        return findOwner(name.substring(0, name.length() - 4)).map(retainedByPrefix::get).orElse(false) && hasOwnKeysOnly(file);
    }

    private Optional<String> findOwner(String pid) {
        return retainedByPrefix.keySet().stream().filter(name -> pid.equals(name) || pid.startsWith(name + ".") || pid.startsWith(name + "~"))
                .max(Comparator.comparing(String::length));
    }

    /**
     * Keys with a dot control the framework (service.ranking, x.target, osgi.http.whiteboard.*). With them, a driver's configuration could take over
     * the login page. The product's own keys have no dot, except for kvm.*.
     */
    private static boolean hasOwnKeysOnly(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.lines().map(line -> line.replace("\uFEFF", "").strip()).filter(line -> !line.startsWith("#") && line.indexOf('=') > 0)
                .map(line -> line.substring(0, line.indexOf('=')).strip()).allMatch(key -> key.indexOf('.') < 0 || key.startsWith("kvm."));
    }

    private static boolean isUnchangedDefault(Path file, Path original) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isRegularFile(original) && Files.mismatch(file, original) < 0;
    }
}
