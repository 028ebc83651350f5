package org.catseye.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** The properties the framework starts with: where state goes, what the runtime bundles may use, and what the product's bundles ask for. */
final class FrameworkProperties {
    /** At both versions, because Jetty asks for SLF4J 2 and the web console for 1.7; the classes are the same. */
    private static final String SLF4J = packages("2.0.20", "org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
            + "," + packages("1.7.36", "org.slf4j", "org.slf4j.helpers");

    private FrameworkProperties() {
    }

    static Map<String, Object> of(Options options, Home home, List<Feature> features, String version) {
        Map<String, Object> all = new HashMap<>();
        features.forEach(feature -> all.putAll(feature.frameworkProperties()));
        all.putAll(framework(home.folder("cache")));
        all.putAll(deployFolder(home.folder("deploy"), home.folder("tmp")));
        all.putAll(web(options));
        all.put("catseye.home", home.folder().toString());
        all.put("catseye.version", version);
        // Their places are not given to bundles that cannot do what they do.
        all.put("catseye.base.locations", features.get(0).bundles().stream().map(entry -> entry.artifact().location()).collect(Collectors.joining("\n")));
        all.put("catseye.url", Listening.address(options));
        options.adminPasswordFile().ifPresent(file -> all.put("catseye.admin.password.file", file.toString()));
        options.httpsPort().ifPresent(port -> all.put("catseye.https.port", Integer.toString(port)));
        return all;
    }

    /** The same for the safe mode, which has a cache and a drop folder of its own and leaves out some configuration files. */
    static Map<String, Object> safe(Map<String, Object> usual, Path cache, Path deploy, List<Path> hidden) {
        Map<String, Object> all = new HashMap<>(usual);
        all.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        all.put("felix.fileinstall.dir", deploy.toString());
        all.put("catseye.safe.mode", "true");
        all.put("catseye.config.hidden", hidden.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining("\n")));
        return all;
    }

    private static Map<String, String> framework(Path cache) {
        return Map.of(
                Constants.FRAMEWORK_STORAGE, cache.toString(),
                "org.osgi.framework.startlevel.beginning", "100",
                "org.osgi.framework.system.packages.extra", SLF4J,
                // ConfigurationAdmin waits for the store of this name: org.catseye.core.config, files in <home>/config.
                "felix.cm.pm", "catseye",
                // Its default is thirty threads.
                "org.apache.felix.eventadmin.ThreadPoolSize", "2");
    }

    /** Only jars: configuration files have one owner, and that is the configuration store. */
    private static Map<String, String> deployFolder(Path deploy, Path temporary) {
        return Map.of(
                "felix.fileinstall.dir", deploy.toString(),
                "felix.fileinstall.filter", ".*\\.jar",
                "felix.fileinstall.tmpdir", temporary.toString(),
                // A file is taken when it looked the same at two polls, so a jar is in within two of these.
                "felix.fileinstall.poll", "1000",
                "felix.fileinstall.noInitialDelay", "true",
                "felix.fileinstall.bundles.new.start", "true",
                "felix.fileinstall.start.level", "20",
                "felix.fileinstall.enableConfigSave", "false",
                "felix.fileinstall.log.level", "2");
    }

    private static Map<String, String> web(Options options) {
        return Map.of(
                "org.osgi.service.http.port", Integer.toString(options.port()),
                "org.apache.felix.http.host", options.bind(),
                "org.apache.felix.jetty.websocket.enable", "true",
                // org.catseye.web.socket divides these between users and callers without a session.
                "org.apache.felix.http.jetty.threadpool.max", "32",
                // What the web server refuses by itself (no request at all, nobody there to answer) never comes to the gate.
                "org.apache.felix.http.jetty.errorPageCustomHeaders", String.join("##",
                        "Content-Security-Policy=default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                        "X-Content-Type-Options=nosniff", "X-Frame-Options=DENY", "Referrer-Policy=no-referrer", "Cache-Control=no-store"),
                // Without it the console falls back to admin/admin whenever the bundle that guards it is away.
                "felix.webconsole.security.providers", "catseye");
    }

    private static String packages(String version, String... names) {
        return String.join(",", java.util.Arrays.stream(names).map(name -> name + ";version=" + version).toList());
    }
}
