package org.catseye.itest;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.launcher.LauncherAssembly;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/** The product as the launcher assembles it from the distribution, as options of the test container. */
final class Product {

    static final String PASSWORD = "correct horse battery";

    /** The test container starts the framework, so these are its own; it adds the launcher's packages to those that tests need. */
    private static final Set<String> OF_THE_CONTAINER = Set.of(Constants.FRAMEWORK_STORAGE, Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
            Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA);

    private Product() {
    }

    /** @param features on top of the base; none starts the base alone */
    static Option[] with(String... features) throws IOException {
        return configured(Map.of(), features);
    }

    /** @param configurations content of the files in the home's configuration folder, by PID */
    static Option[] configured(Map<String, String> configurations, String... features) throws IOException {
        LauncherAssembly assembly = LauncherAssembly.prepare(Path.of(System.getProperty("catseye.dist")), arguments(createHome(configurations), features));
        Map<String, String> properties = assembly.properties();
        List<Option> options = new ArrayList<>(List.of(
                systemPackages(properties.get(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA).split(",")),
                frameworkStartLevel(Integer.parseInt(properties.get(Constants.FRAMEWORK_BEGINNING_STARTLEVEL))),
                systemProperty("pax.exam.osgi.unresolved.fail").value("true"),
                junitBundles()));
        properties.forEach((key, value) -> {
            if (!OF_THE_CONTAINER.contains(key)) {
                options.add(frameworkProperty(key).value(value));
            }
        });
        assembly.bundles().forEach(bundle -> options.add(bundle(bundle.jar().toUri().toString()).startLevel(bundle.startLevel())));
        return options.toArray(Option[]::new);
    }

    private static String[] arguments(Path home, String... features) {
        List<String> arguments = new ArrayList<>(List.of("--port", "0", "--https-port", "0", "--home", home.toString(),
                "--admin-password-file", home.resolve("password").toString()));
        for (String feature : features.length == 0 ? new String[] {"base"} : features) {
            arguments.addAll(List.of("--feature", feature));
        }
        return arguments.toArray(String[]::new);
    }

    private static Path createHome(Map<String, String> configurations) throws IOException {
        Path homes = Path.of(System.getProperty("catseye.itest.homes"));
        Files.createDirectories(homes);
        Path home = Files.createTempDirectory(homes, "home");
        Files.createDirectories(home.resolve("config"));
        for (var configuration : configurations.entrySet()) {
            Files.writeString(home.resolve("config").resolve(configuration.getKey() + ".cfg"), configuration.getValue() + "\n");
        }
        Files.writeString(home.resolve("password"), PASSWORD + "\n");
        return home;
    }
}
