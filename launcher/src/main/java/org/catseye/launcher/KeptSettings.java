package org.catseye.launcher;

import java.io.IOException;
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

/**
 * Decides which configuration files a recovery and the safe mode leave in effect: those of the product's bundles for devices, targets and users. All
 * others may keep people out: those of the base (unless its feature file marks the bundle with {@code "recovery": "keep"}), and those of third parties. A
 * configuration belongs to the bundle whose name it begins with, or whose {@code "pid"} in the feature file.
 */
final class KeptSettings {
    private static final String OURS = "org.catseye";
    private static final long MAX_BYTES = 256 << 10;
    /** Whether a bundle's settings stay, by what its PIDs begin with. */
    private final Map<String, Boolean> bundles = new TreeMap<>();

    KeptSettings(List<Feature> features) {
        for (Feature feature : features) {
            for (Feature.Entry entry : feature.bundles()) {
                if (entry.artifact().group().equals(OURS)) {
                    bundles.merge(entry.pid(), entry.keepsSettings(), Boolean::logicalAnd);
                }
            }
        }
    }

    /** The files in the folder that are not kept, in order. Files equal to the product's defaults are harmless and not listed. */
    List<Path> findForeign(Path folder, Path defaults) throws IOException {
        List<Path> foreign = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (!keeps(file) && !isSame(file, defaults.resolve(file.getFileName().toString()))) {
                    foreign.add(file);
                }
            }
        }
        return foreign;
    }

    boolean keeps(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".cfg") || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            return false;
        }
        return owner(name.substring(0, name.length() - 4)).map(bundles::get).orElse(false) && hasOwnKeysOnly(file);
    }

    private Optional<String> owner(String pid) {
        return bundles.keySet().stream().filter(name -> pid.equals(name) || pid.startsWith(name + ".") || pid.startsWith(name + "~"))
                .max(Comparator.comparing(String::length));
    }

    /**
     * Keys with a dot are orders to the framework (service.ranking, x.target, osgi.http.whiteboard.*), with which a driver's configuration could take
     * over the login page. The product's own keys have none, but for kvm.*.
     */
    private static boolean hasOwnKeysOnly(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
        return text.lines().map(line -> line.replace("\uFEFF", "").strip()).filter(line -> !line.startsWith("#") && line.indexOf('=') > 0)
                .map(line -> line.substring(0, line.indexOf('=')).strip()).allMatch(key -> key.indexOf('.') < 0 || key.startsWith("kvm."));
    }

    private static boolean isSame(Path file, Path original) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isRegularFile(original) && Files.mismatch(file, original) < 0;
    }
}
