package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Features of the product are switched on and off while it runs and users watch, and stay so, whatever ends the process. */
public class FeaturesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEATURES = "/api/v1/features";

    private Device device;
    private Client owner;

    @Before
    public void start() throws Exception {
        device = new Device();
        restart();
    }

    private void restart(String... options) throws Exception {
        device.start(options);
        device.awaitReady();
        owner = Running.await("a login", () -> device.opens(Product.PASSWORD) ? new Client(device.origin()).login(Product.PASSWORD) : null);
        Running.await("the features", () -> owner.send("GET", FEATURES, "").statusCode() == 200 ? true : null);
    }

    @After
    public void stop() throws Exception {
        device.stop();
    }

    private JsonNode list() throws Exception {
        return JSON.readTree(owner.send("GET", FEATURES, "").body());
    }

    private String origin(String feature) throws Exception {
        return StreamSupport.stream(list().get("features").spliterator(), false).filter(each -> each.get("id").asText().equals(feature)).findFirst().orElseThrow()
                .get("origin").asText();
    }

    private JsonNode plan(String feature, boolean on) throws Exception {
        HttpResponse<String> made = owner.send("POST", FEATURES, "{\"feature\":\"" + feature + "\",\"on\":" + on + "}");
        assertEquals(made.body(), 201, made.statusCode());
        return JSON.readTree(made.body());
    }

    private JsonNode apply(String feature, boolean on) throws Exception {
        JsonNode plan = plan(feature, on);
        assertTrue(plan.toString(), plan.get("applicable").asBoolean());
        HttpResponse<String> result = owner.send("POST", FEATURES + "/plans/" + plan.get("id").asText(), "");
        assertEquals(result.body(), 200, result.statusCode());
        return JSON.readTree(result.body());
    }

    private Path file(String name) {
        return device.home().resolve("features").resolve(name);
    }

    private List<String> chosen() throws Exception {
        return Files.readAllLines(file("chosen")).stream().filter(line -> !line.startsWith("#")).toList();
    }

    private String audit() throws Exception {
        return owner.send("GET", "/api/v1/audit", "").body();
    }

    private boolean isForm(String pid) throws Exception {
        return owner.send("GET", "/api/v1/settings", "").body().contains("\"" + pid + "\"");
    }

    @Test
    public void aFeatureIsSwitchedUnderAConnectedViewerAndStaysSo() throws Exception {
        Client.Socket video = owner.socket("/api/v1/targets/default/video", "catseye.video.v1");
        assertNotNull(video.freshFrame());
        assertFalse(isForm("org.catseye.vnc"));
        assertEquals("KEPT", apply("vnc", true).get("outcome").asText());
        assertTrue("its settings", isForm("org.catseye.vnc"));
        assertEquals("CHOSEN", origin("vnc"));
        assertNotNull("the socket stays", video.freshFrame());
        assertEquals("KEPT", apply("vnc", false).get("outcome").asText());
        assertNotNull(video.freshFrame());
        assertFalse(isForm("org.catseye.vnc"));
        assertEquals("KEPT", apply("vnc", true).get("outcome").asText());
        assertNotNull(video.freshFrame());
        video.close();
        assertEquals(List.of("virtual-target", "vnc"), chosen());
        String audit = audit();
        assertTrue(audit, Stream.of("feature.trying", "feature.switched-on", "feature.switched-off").allMatch(audit::contains));
        // As a power cut does.
        device.stop();
        restart();
        assertEquals("CHOSEN", origin("vnc"));
        assertTrue(isForm("org.catseye.vnc"));
        assertFalse("the launcher takes it for its own", Files.readString(device.output()).contains("had been changed"));
        device.stop();
        restart("--feature", "ldap");
        assertEquals("the command line adds", "COMMAND_LINE CHOSEN CHOSEN", origin("ldap") + " " + origin("vnc") + " " + origin("virtual-target"));
        JsonNode plan = plan("ldap", false);
        assertTrue(plan.toString(), plan.get("problems").get(0).asText().contains("CATSEYE_FEATURES"));
        device.stop();
        restart("--safe-mode");
        assertEquals("null", origin("vnc"));
        assertTrue(list().get("problem").asText().contains("safe mode"));
        assertFalse(plan("vnc", true).get("applicable").asBoolean());
        assertEquals(List.of("virtual-target", "vnc"), chosen());
    }

    @Test
    public void aChangeThatTheProcessDoesNotSurviveIsUndone() throws Exception {
        assertEquals("KEPT", apply("board-health", true).get("outcome").asText());
        // Each state in which a power cut can leave the files; a live trial would end before the test could cut it off in each of them.
        device.stop();
        String record = "feature vnc\non true\nuser admin\naddress 192.0.2.1\nchosen virtual-target\nchosen board-health\nchosen vnc\n";
        Files.writeString(file("trying"), record);
        restart();
        assertEquals("null CHOSEN", origin("vnc") + " " + origin("board-health"));
        assertEquals("vnc Catseye ended during the trial.", list().at("/rollBack/feature").asText() + " " + list().at("/rollBack/reason").asText());
        Running.await("the audit line", () -> audit().contains("feature.rolled-back") ? true : null);
        device.stop();
        Files.writeString(file("trying"), record);
        Files.writeString(file("chosen"), "virtual-target\nboard-health\nvnc\n");
        restart();
        assertEquals("the new choice was complete", "CHOSEN", origin("vnc"));
        assertFalse(Files.exists(file("trying")));
    }

    @Test
    public void aTrialThatIsCutOffLeavesTheOldFeatures() throws Exception {
        JsonNode plan = plan("vnc", true);
        Client second = new Client(device.origin()).login(Product.PASSWORD);
        Thread applying = new Thread(() -> {
            try {
                second.send("POST", FEATURES + "/plans/" + plan.get("id").asText(), "");
            } catch (java.io.IOException | InterruptedException cutOff) {
                Thread.currentThread().interrupt();
            }
        });
        applying.start();
        Running.await("the record", () -> Files.exists(file("trying")) ? true : null);
        device.stop();
        applying.join();
        assertFalse("it was not over", Files.exists(file("chosen")));
        restart();
        assertEquals("null DEFAULT", origin("vnc") + " " + origin("virtual-target"));
        assertFalse(isForm("org.catseye.vnc"));
        assertEquals("vnc", list().at("/rollBack/feature").asText());
    }

    @Test
    public void aChoiceThatEndsTheProcessTwiceIsLeftOut() throws Exception {
        device.stop();
        Files.createDirectories(file("chosen").getParent());
        Files.writeString(file("chosen"), "virtual-target\nvnc\n");
        for (int i = 0; i < 2; i++) {
            device.start();
            int starts = i + 1;
            Running.await("a start is counted", () -> Files.exists(file("starts")) && Files.readString(file("starts")).strip().equals(Integer.toString(starts)) ? true : null, 60);
            device.stop();
        }
        restart();
        assertEquals("null DEFAULT", origin("vnc") + " " + origin("virtual-target"));
        assertTrue(list().get("problem").asText().contains("twice in a row"));
        assertEquals("KEPT", apply("vnc", true).get("outcome").asText());
        assertEquals("", list().get("problem").asText());
        device.stop();
        restart();
        assertEquals("CHOSEN", origin("vnc"));
        Running.await("a login ends the count", () -> Files.exists(file("starts")) ? null : true, 60);
    }

    @Test
    public void recoveryPutsTheChoiceAside() throws Exception {
        assertEquals("KEPT", apply("vnc", true).get("outcome").asText());
        assertTrue(device.recover("four other odd words").contains("/features (chosen"));
        owner = Running.await("the new password", () -> device.opens("four other odd words") ? new Client(device.origin()).login("four other odd words") : null);
        Running.await("the default", () -> origin("virtual-target").equals("DEFAULT") ? true : null);
        assertEquals("null", origin("vnc"));
    }

    @Test
    public void aDamagedArchiveIsFoundBeforehandOrRolledBack() throws Exception {
        // The archive is shared with other tests, so this device gets one of its own.
        device.stop();
        Path install = Files.createDirectories(device.home().resolveSibling(device.home().getFileName() + "-install"));
        copyTree(Path.of(System.getProperty("catseye.dist")), install);
        String before = System.getProperty("catseye.dist");
        System.setProperty("catseye.dist", install.toString());
        try {
            restart();
            Path jar = findJar(install, "org.catseye.vnc-");
            Files.move(jar, jar.resolveSibling("aside"));
            JsonNode plan = plan("vnc", true);
            assertEquals("[\"The file of org.catseye.vnc is missing or damaged. Unpack the archive of Catseye again.\"]", plan.get("problems").toString());
            assertEquals(409, owner.send("POST", FEATURES + "/plans/" + plan.get("id").asText(), "").statusCode());
            Files.write(jar, HostileJar.named("org.catseye.vnc", "9.0.0", java.util.Map.of("Bundle-Activator", "not.There")));
            JsonNode result = apply("vnc", true);
            assertEquals(result.toString(), "ROLLED_BACK", result.get("outcome").asText());
            assertTrue(result.toString(), result.get("reason").asText().contains("org.catseye.vnc did not start"));
            assertEquals("null", origin("vnc"));
            assertFalse(Files.exists(file("chosen")));
            assertTrue(audit().contains("rolled back: "));
            Files.move(jar.resolveSibling("aside"), jar, StandardCopyOption.REPLACE_EXISTING);
            assertEquals("KEPT", apply("vnc", true).get("outcome").asText());
        } finally {
            System.setProperty("catseye.dist", before);
        }
    }

    private static Path findJar(Path install, String beginning) throws Exception {
        try (Stream<Path> files = Files.walk(install.resolve("repository"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning) && file.toString().endsWith(".jar")).findFirst().orElseThrow();
        }
    }

    private static void copyTree(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
