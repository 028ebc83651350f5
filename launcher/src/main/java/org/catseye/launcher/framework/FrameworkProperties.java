package org.catseye.launcher.framework;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.options.ListenAddress;
import org.osgi.framework.Constants;

/**
 * The properties that the framework starts with: the places of its state, the settings of third-party bundles, and the options for
 * ours.
 */
public final class FrameworkProperties {
    /** In two versions, because Jetty imports SLF4J 2 and the web console 1.7. The classes are the same. */
    private static final String SLF4J = formatPackages("2.0.20", "org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
            + "," + formatPackages("1.7.36", "org.slf4j", "org.slf4j.helpers");

    /** For org.catseye.core.deploy. */
    static final String DROP_FOLDER = "catseye.deploy.folder";

    private FrameworkProperties() {
    }

    public static Map<String, Object> createProperties(LaunchOptions options, HomeFolder home, List<Feature> features, String version) {
        Map<String, Object> all = new HashMap<>();
        features.forEach(feature -> all.putAll(feature.frameworkProperties()));
        all.putAll(frameworkSettings(home.subfolder("cache")));
        all.put(DROP_FOLDER, home.subfolder("deploy").toString());
        all.putAll(webServerSettings(options));
        all.put("catseye.home", home.path().toString());
        all.put("catseye.version", version);
        // Jars that would take the place of one of these bundles without doing its work are refused.
        all.put("catseye.base.locations", features.get(0).bundles().stream().map(entry -> entry.artifact().bundleLocation())
                .collect(Collectors.joining("\n")));
        all.put("catseye.url", ListenAddress.formatUrl(options));
        options.adminPasswordFile().ifPresent(file -> all.put("catseye.admin.password.file", file.toString()));
        options.httpsPort().ifPresent(port -> all.put("catseye.https.port", Integer.toString(port)));
        return all;
    }

    /** The same for the safe mode, which has its own cache and drop folder and leaves out some configuration files. */
    public static Map<String, Object> createSafeModeProperties(Map<String, Object> usual, Path cache, Path deploy, List<Path> hidden) {
        Map<String, Object> all = new HashMap<>(usual);
        all.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        all.put(DROP_FOLDER, deploy.toString());
        all.put("catseye.safe.mode", "true");
        all.put("catseye.config.hidden", hidden.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining("\n")));
        return all;
    }

    private static Map<String, String> frameworkSettings(Path cache) {
        return Map.of(
                Constants.FRAMEWORK_STORAGE, cache.toString(),
                "org.osgi.framework.startlevel.beginning", "100",
                // The drop folder may contain a bundle of the product in the same version. Both are installed, and one of them runs.
                "org.osgi.framework.bsnversion", "multiple",
                "org.osgi.framework.system.packages.extra", SLF4J,
                // ConfigurationAdmin waits for the store with this name: org.catseye.core.config, which keeps files in <home>/config.
                "felix.cm.pm", "catseye",
                // Declarative Services keeps the components that it has read in the cache, instead of parsing all XML files at each start.
                "ds.cache.metadata", "true",
                // The default is thirty threads.
                "org.apache.felix.eventadmin.ThreadPoolSize", "2");
    }

    private static Map<String, String> webServerSettings(LaunchOptions options) {
        return Map.of(
                "org.osgi.service.http.port", Integer.toString(options.httpPort()),
                "org.apache.felix.http.host", options.bindAddress(),
                "org.apache.felix.jetty.websocket.enable", "true",
                // org.catseye.web.socket divides these threads between users and callers without a session.
                "org.apache.felix.http.jetty.threadpool.max", "32",
                // Requests that the web server itself rejects (a malformed request line, for example) never reach the gate.
                "org.apache.felix.http.jetty.errorPageCustomHeaders", String.join("##",
                        "Content-Security-Policy=default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                        "X-Content-Type-Options=nosniff", "X-Frame-Options=DENY", "Referrer-Policy=no-referrer", "Cache-Control=no-store"),
                // Without this the console falls back to admin/admin while the bundle that guards it is not running.
                "felix.webconsole.security.providers", "catseye");
    }

    private static String formatPackages(String version, String... names) {
        return String.join(",", Arrays.stream(names).map(name -> name + ";version=" + version).toList());
    }
}
