package org.catseye.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the launcher makes of a command line, for a framework that somebody else starts: its bundles with their start levels, and its framework
 * properties. The home is opened, locked and filled as at a start. In the launcher's package, because all of this is its own business.
 *
 * @param properties framework properties; all values are text
 */
public record LauncherAssembly(List<InstalledBundle> bundles, Map<String, String> properties) {

    /** A bundle that the launcher installs. */
    public record InstalledBundle(Path jar, int startLevel) {
    }

    /**
     * @param install the unpacked distribution
     * @param arguments as for the command {@code catseye}
     */
    public static LauncherAssembly prepare(Path install, String... arguments) {
        try {
            Options options = Options.parse(arguments, Map.of());
            FeatureReader reader = new FeatureReader(install.resolve("features"));
            List<Feature> features = new ArrayList<>(List.of(reader.read("base")));
            for (String name : options.features()) {
                if (!name.equals("base")) {
                    features.add(reader.read(name));
                }
            }
            Home home = Home.open(options.home());
            options = Listening.check(options);
            home.seed(install.resolve("config"));
            for (Feature feature : features) {
                new ConfigurationSeeds(home.folder("config")).sow(feature);
            }
            return new LauncherAssembly(listBundles(features, install.resolve("repository")),
                    Map.copyOf(toText(FrameworkProperties.of(options, home, features, "itest"))));
        } catch (Refusal refusal) {
            throw new AssertionError("the launcher refuses " + List.of(arguments), refusal);
        }
    }

    private static List<InstalledBundle> listBundles(List<Feature> features, Path repository) {
        return features.stream().flatMap(feature -> feature.bundles().stream())
                .map(entry -> new InstalledBundle(repository.resolve(entry.artifact().path()), entry.startLevel())).distinct().toList();
    }

    private static Map<String, String> toText(Map<String, Object> properties) {
        Map<String, String> text = new HashMap<>();
        properties.forEach((key, value) -> text.put(key, String.valueOf(value)));
        return text;
    }
}
