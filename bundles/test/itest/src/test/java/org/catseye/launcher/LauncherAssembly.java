package org.catseye.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.feature.FeatureReader;
import org.catseye.launcher.framework.FrameworkProperties;
import org.catseye.launcher.home.ConfigurationSeeds;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.options.LaunchOptionsParser;
import org.catseye.launcher.options.PortCheck;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * The result of a command line, for a framework that another program starts: the bundles with their start levels, and the framework properties.
 * The home is opened, locked and filled as at a start.
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
            LaunchOptions options = LaunchOptionsParser.parseArguments(arguments, Map.of());
            List<Feature> features = new FeatureReader(install.resolve("features")).readWithBase(options.featureNames());
            HomeFolder home = HomeFolder.openFolder(options.homeFolder());
            options = PortCheck.resolvePorts(options);
            home.copyDefaults(install.resolve("config"));
            for (Feature feature : features) {
                new ConfigurationSeeds(home.subfolder("config")).writeMissing(feature);
            }
            return new LauncherAssembly(listBundles(features, install.resolve("repository")),
                    Map.copyOf(toText(FrameworkProperties.createProperties(options, home, features, "itest"))));
        } catch (StartRefusedException refusal) {
            throw new AssertionError("the launcher refuses " + List.of(arguments), refusal);
        }
    }

    private static List<InstalledBundle> listBundles(List<Feature> features, Path repository) {
        return features.stream().flatMap(feature -> feature.bundles().stream())
                .map(entry -> new InstalledBundle(repository.resolve(entry.artifact().repositoryPath()), entry.startLevel())).distinct().toList();
    }

    private static Map<String, String> toText(Map<String, Object> properties) {
        Map<String, String> text = new HashMap<>();
        properties.forEach((key, value) -> text.put(key, String.valueOf(value)));
        return text;
    }
}
