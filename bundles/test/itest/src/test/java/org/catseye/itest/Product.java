package org.catseye.itest;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ops4j.pax.exam.Option;

/** The product as the distribution's feature files describe it, as options of the test container. */
final class Product {

    static final String PASSWORD = "correct horse battery";

    private Product() {
    }

    static Option[] with(String... features) throws IOException {
        return in(home(), features);
    }

    /** @param pid of a configuration that is there from the start */
    static Option[] configured(String pid, String configuration, String... features) throws IOException {
        Path home = home();
        Files.writeString(home.resolve("config").resolve(pid + ".cfg"), configuration);
        return in(home, features);
    }

    private static Option[] in(Path home, String... features) throws IOException {
        List<Option> options = new ArrayList<>(List.of(
                systemPackages("org.slf4j;version=2.0.20", "org.slf4j.event;version=2.0.20", "org.slf4j.helpers;version=2.0.20",
                        "org.slf4j.spi;version=2.0.20", "org.slf4j;version=1.7.36", "org.slf4j.helpers;version=1.7.36"),
                frameworkStartLevel(100),
                systemProperty("pax.exam.osgi.unresolved.fail").value("true"),
                junitBundles()));
        properties(home).forEach((key, value) -> options.add(frameworkProperty(key).value(value)));
        options.addAll(bundles("base"));
        for (String feature : features) {
            options.addAll(bundles(feature));
        }
        return options.toArray(Option[]::new);
    }

    private static Path home() throws IOException {
        Path homes = Path.of(System.getProperty("catseye.itest.homes"));
        Files.createDirectories(homes);
        Path home = Files.createTempDirectory(homes, "home");
        for (String folder : List.of("config", "deploy", "tmp", "cache", "log")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("password"), PASSWORD + "\n");
        return home;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> properties(Path home) throws IOException {
        return Map.ofEntries(
                Map.entry("catseye.home", home.toString()),
                Map.entry("catseye.version", "itest"),
                Map.entry("catseye.https.port", Integer.toString(freePort())),
                Map.entry("catseye.admin.password.file", home.resolve("password").toString()),
                Map.entry("felix.cm.dir", home.resolve("cache/cm").toString()),
                Map.entry("felix.cm.pm", "catseye"),
                Map.entry("felix.fileinstall.dir", home.resolve("deploy").toString()),
                Map.entry("felix.fileinstall.filter", ".*\\.jar"),
                Map.entry("felix.fileinstall.poll", "250"),
                Map.entry("felix.fileinstall.tmpdir", home.resolve("tmp").toString()),
                Map.entry("felix.fileinstall.bundles.new.start", "true"),
                Map.entry("felix.webconsole.security.providers", "catseye"),
                Map.entry("org.osgi.service.http.port", "0"),
                Map.entry("org.apache.felix.http.host", "127.0.0.1"),
                Map.entry("org.apache.felix.jetty.websocket.enable", "true"));
    }

    private static List<Option> bundles(String feature) throws IOException {
        Path dist = Path.of(System.getProperty("catseye.dist"));
        JsonNode json = new ObjectMapper().readTree(dist.resolve("features").resolve(feature + ".json").toFile());
        List<Option> bundles = new ArrayList<>();
        for (JsonNode entry : json.get("bundles")) {
            Path jar = dist.resolve("repository").resolve(jarOf(entry.get("id").asText()));
            bundles.add(bundle(jar.toUri().toString()).startLevel(entry.get("start-order").asInt()));
        }
        return bundles;
    }

    /** group:artifact[:type[:classifier]]:version to its place in a Maven repository. */
    private static String jarOf(String id) {
        String[] part = id.split(":");
        String version = part[part.length - 1];
        String classifier = part.length == 5 ? "-" + part[3] : "";
        return part[0].replace('.', '/') + "/" + part[1] + "/" + version + "/" + part[1] + "-" + version + classifier + ".jar";
    }
}
