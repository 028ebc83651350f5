package org.catseye.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Something that an administrator does and that may keep everyone out.
 *
 * @param outcome what becomes of it
 * @param always whether the usual run of the tests has it
 */
record Lockout(String name, Outcome outcome, boolean always, Action action) {

    /** What an action leads to. */
    enum Outcome {
        /** No user can log in until someone recovers the device. */
        BREAKS,
        /** The product doesn't do it, and says why. */
        REFUSED,
        /** No user can log in for a while; the product mends it by itself. */
        HEALS,
        /** Users can log in as before. */
        WITHSTOOD
    }

    /** Does it, through what an administrator has. Returns the answer; null where nothing answers. */
    interface Action {
        HttpResponse<String> run(Device device, Client console) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }

    Lockout onDemand() {
        return new Lockout(name, outcome, false, action);
    }

    /** Saves a configuration in the console's form. */
    static Lockout form(Outcome outcome, String pid, String key, String value) {
        String fields = "apply=true&action=ajaxConfigManager&propertylist=" + key + "&" + key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new Lockout("form " + pid + " " + key, outcome, true, (device, console) -> console.form("/system/console/configMgr/" + encode(pid), fields));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Writes a configuration file, as an editor does. */
    static Lockout file(Outcome outcome, String name, String text) {
        return new Lockout("file " + name + " " + text.lines().findFirst().orElse(""), outcome, true, (device, console) -> {
            replace(device.home().resolve("config").resolve(name), (text + "\n").getBytes(StandardCharsets.UTF_8));
            return null;
        });
    }

    static Lockout upload(Outcome outcome, String name, byte[] jar, int startLevel) {
        return new Lockout("upload " + name + " at level " + startLevel, outcome, true, (device, console) -> console.upload(name + ".jar", jar, startLevel));
    }

    static Lockout upload(Outcome outcome, String symbolicName, String version) throws IOException {
        return upload(outcome, symbolicName, HostileJar.named(symbolicName, version, Map.of()), 20);
    }

    static Lockout drop(Outcome outcome, String name, byte[] jar) {
        return new Lockout("drop " + name, outcome, true, (device, console) -> {
            replace(device.home().resolve("deploy").resolve(name + ".jar"), jar);
            return null;
        });
    }

    static Lockout bundle(Outcome outcome, String action, String symbolicName) {
        return new Lockout(action + " " + symbolicName, outcome, true, (device, console) -> {
            try {
                return console.form("/system/console/bundles/" + id(console, symbolicName), "action=" + action);
            } catch (IOException ofTheServerThatStops) {
                return null;
            }
        });
    }

    private static long id(Client console, String symbolicName) throws Exception {
        JsonNode all = new ObjectMapper().readTree(console.send("GET", "/system/console/bundles.json", "").body()).get("data");
        for (JsonNode bundle : all) {
            if (symbolicName.equals(bundle.path("symbolicName").asText())) {
                return bundle.get("id").asLong();
            }
        }
        throw new AssertionError("no bundle " + symbolicName);
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path half = Files.write(file.resolveSibling(file.getFileName() + ".tmp"), content);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
