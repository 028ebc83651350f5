package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import org.junit.Test;

/** A plug-in's life over the API, in the product as users start it. */
public class PluginsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "org.example.thing";
    private static final String CONSENT = "{\"untrusted\":true}";

    private String origin;
    private Client owner;

    private JsonNode send(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = owner.send(method, "/api/v1/plugins" + path, body);
        assertEquals(method + " " + path + ": " + answer.body(), status, answer.statusCode());
        return JSON.readTree(answer.body());
    }

    /** The part that manages plug-ins starts after the ready line. */
    private void logIn(String address) throws Exception {
        origin = address;
        owner = new Client(address).login(Product.PASSWORD);
        Running.await("the plug-ins", () -> owner.send("GET", "/api/v1/plugins", "").statusCode() == 200 ? true : null);
    }

    private JsonNode plan(int status, byte[] jar) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/api/v1/plugins?file=thing.jar")).header("Cookie", owner.cookie())
                .header("Origin", origin).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofByteArray(jar)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(answer.body(), status, answer.statusCode());
        return JSON.readTree(answer.body());
    }

    private JsonNode apply(JsonNode plan) throws Exception {
        return send(200, "POST", "/plans/" + plan.get("id").asText(), CONSENT);
    }

    private JsonNode plugin() throws Exception {
        JsonNode plugins = send(200, "GET", "", "").get("plugins");
        assertEquals(plugins.toString(), 1, plugins.size());
        return plugins.get(0);
    }

    @Test
    public void aPluginIsInstalledUpdatedRolledBackDisabledRestoredAndRemoved() throws Exception {
        try (Started started = Started.claimed(Map.of())) {
            logIn(started.origin());
            JsonNode all = send(200, "GET", "", "");
            assertEquals(0, all.get("plugins").size());
            assertTrue(all.get("product").toString(), all.get("product").toString().contains("{\"name\":\"org.catseye.core.video\","));
            assertEquals("KEPT", apply(plan(201, HostileJar.named(NAME, "1.0.0", Map.of("Bundle-Name", "A thing")))).get("outcome").asText());
            assertEquals("RUNNING A thing 1.0.0", plugin().get("state").asText() + " " + plugin().get("name").asText() + " " + plugin().get("version").asText());
            plan(422, new byte[] {1, 2, 3});
            JsonNode missing = plan(201, HostileJar.named(NAME, "2.0.0", Map.of("Import-Package", "not.there")));
            assertFalse(missing.get("applicable").asBoolean());
            send(409, "POST", "/plans/" + missing.get("id").asText(), "");
            send(204, "DELETE", "/plans/" + missing.get("id").asText(), "");
            send(404, "GET", "/plans/" + missing.get("id").asText(), "");
            JsonNode failed = apply(plan(201, HostileJar.named(NAME, "2.0.0", Map.of("Bundle-Activator", "x.Missing"))));
            assertEquals("ROLLED_BACK", failed.get("outcome").asText());
            assertTrue(failed.toString(), failed.get("reason").asText().contains("x.Missing"));
            assertEquals("1.0.0", plugin().get("version").asText());
            assertEquals(failed.get("reason"), send(200, "GET", "", "").at("/rollBacks/0/reason"));
            assertEquals("KEPT", apply(plan(201, HostileJar.named(NAME, "3.0.0", Map.of()))).get("outcome").asText());
            send(204, "PUT", "/" + NAME, "{\"enabled\":false}");
            assertEquals("DISABLED", plugin().get("state").asText());
            assertEquals("KEPT", send(200, "POST", "/" + NAME + "/rollback", "{\"version\":\"1.0.0\"}").get("outcome").asText());
            assertEquals("RUNNING 1.0.0", plugin().get("state").asText() + " " + plugin().get("version").asText());
            send(204, "DELETE", "/" + NAME + "?settings=true", "");
            assertEquals(0, send(200, "GET", "", "").get("plugins").size());
            assertFalse(Files.exists(started.home().resolve("deploy/" + NAME + ".jar")));
            String audit = owner.send("GET", "/api/v1/audit", "").body();
            for (String action : new String[] {"installed", "disabled", "restored", "removed"}) {
                assertTrue(audit, audit.contains("\"plugin." + action + "\""));
            }
        }
    }

    /** With the programs of the JDK, as makers do. */
    @Test
    public void aJarOfATrustedMakerNeedsNoConsentAndADamagedOneIsRefused() throws Exception {
        try (Started started = Started.claimed(Map.of()); SignedJars signed = new SignedJars()) {
            logIn(started.origin());
            byte[] jar = signed.sign(HostileJar.named(NAME, "1.0.0", Map.of()));
            JsonNode unknown = plan(201, jar);
            assertEquals("UNKNOWN CN=Maker", unknown.at("/plugin/signature/kind").asText() + " " + unknown.at("/plugin/signature/signer").asText());
            assertEquals("[{\"kind\":\"UNTRUSTED\",\"detail\":\"\"}]", unknown.get("concerns").toString());
            String path = "/plans/" + unknown.get("id").asText();
            assertEquals("consent_required", send(409, "POST", path, "").at("/error/code").asText());
            assertEquals("consent_required", send(409, "POST", path, "{\"untrusted\":false}").at("/error/code").asText());
            send(400, "POST", path, "{\"untrusted\":\"yes\"}");
            send(400, "POST", path, "{\"force\":true}");
            assertEquals(0, send(200, "GET", "", "").get("plugins").size());
            send(422, "POST", "/makers", signed.privateKey());
            JsonNode maker = send(201, "POST", "/makers", unknown.at("/plugin/signature/certificate").asText());
            assertEquals(unknown.at("/plugin/signature/fingerprint"), maker.get("fingerprint"));
            send(409, "POST", "/makers", signed.certificate());
            assertEquals("TRUSTED", send(200, "GET", path, "").at("/plugin/signature/kind").asText());
            assertEquals("KEPT", send(200, "POST", path, "").get("outcome").asText());
            assertEquals("TRUSTED", plugin().at("/signature/kind").asText());
            assertFalse(plan(201, signed.sign(HostileJar.named(NAME, "0.9.0", Map.of()))).get("applicable").asBoolean());
            JsonNode other = plan(201, HostileJar.named(NAME, "2.0.0", Map.of("Catseye-Permissions", "exec")));
            assertEquals("[{\"kind\":\"UNTRUSTED\",\"detail\":\"\"},{\"kind\":\"CHANGED_MAKER\",\"detail\":\"CN=Maker\"},{\"kind\":\"NEW_PERMISSIONS\",\"detail\":\"exec\"}]",
                    other.get("concerns").toString());
            byte[] changed = signed.addFile(signed.sign(HostileJar.named(NAME, "3.0.0", Map.of())), "Evil.class");
            JsonNode damaged = plan(201, changed);
            assertEquals("DAMAGED false", damaged.at("/plugin/signature/kind").asText() + " " + damaged.get("applicable"));
            send(409, "POST", "/plans/" + damaged.get("id").asText(), CONSENT);
            Files.write(started.home().resolve("deploy/other.jar"), changed);
            JsonNode refused = Running.await("the damaged file", () -> findPlugin("other.jar"));
            assertEquals("REFUSED It is signed, but its file Evil.class is not.", refused.get("state").asText() + " " + refused.get("reason").asText());
            send(204, "DELETE", "/makers/" + maker.get("fingerprint").asText(), "");
            send(404, "DELETE", "/makers/" + maker.get("fingerprint").asText(), "");
            assertEquals("{\"makers\":[],\"problem\":\"\"}", send(200, "GET", "/makers", "").toString());
            assertEquals("UNKNOWN RUNNING", findPlugin(NAME).at("/signature/kind").asText() + " " + findPlugin(NAME).get("state").asText());
            String audit = owner.send("GET", "/api/v1/audit", "").body();
            assertTrue(audit, audit.contains("\"maker.trusted\"") && audit.contains("\"maker.removed\"") && !audit.contains("PRIVATE"));
        }
    }

    /** Null if there is none. */
    private JsonNode findPlugin(String id) {
        try {
            for (JsonNode plugin : send(200, "GET", "", "").get("plugins")) {
                if (plugin.get("id").asText().equals(id)) {
                    return plugin;
                }
            }
            return null;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void anActivationThatNeverReturnsDoesNotKeepLaterChangesOut() throws Exception {
        try (Started started = Started.claimed(Map.of())) {
            logIn(started.origin());
            JsonNode result = apply(plan(201, HostileJar.endless(NAME)));
            assertEquals(result.toString(), "ROLLED_BACK", result.get("outcome").asText());
            assertEquals("Its component endless has not finished its activation.", result.get("reason").asText());
            assertEquals("KEPT", apply(plan(201, HostileJar.named(NAME, "2.0.0", Map.of()))).get("outcome").asText());
        }
    }

    /** Then the components of the API are replaced, too, so the request has no answer. */
    @Test
    public void aPluginThatReplacesTheAuditLogIsTriedToTheEnd() throws Exception {
        try (Started started = Started.claimed(Map.of())) {
            logIn(started.origin());
            JsonNode plan = plan(201, HostileJar.change(HostileJar.find("org.catseye.core.audit"), headers -> headers.putValue("Bundle-Version", "99.0.0")));
            try {
                owner.send("POST", "/api/v1/plugins/plans/" + plan.get("id").asText(), CONSENT);
            } catch (IOException e) {
                assertTrue("it may break off", started.home().toFile().exists());
            }
            String lines = Running.await("the end of the trial", this::readChange, 60);
            assertTrue(lines, lines.contains("\"result\":\"done\"") && lines.contains("\"plugin.trying\""));
            assertEquals("99.0.0 RUNNING", plugin().get("version").asText() + " " + plugin().get("state").asText());
        }
    }

    /** Null until the audit log has the line about the end of a change. */
    private String readChange() {
        try {
            HttpResponse<String> lines = owner.send("GET", "/api/v1/audit", "");
            if (lines.statusCode() == 401) {
                logIn(origin);
            }
            return lines.body().contains("plugin.installed") ? lines.body() : null;
        } catch (Exception | AssertionError e) {
            return null;
        }
    }

    /** The next start has no such plug-in, without a second end of the process. */
    @Test
    public void aPluginThatEndsTheProcessIsGoneAtTheNextStart() throws Exception {
        Device device = new Device();
        try {
            device.start();
            device.awaitReady();
            logIn(device.origin());
            JsonNode plan = plan(201, HostileJar.doing("exit"));
            assertThrows(IOException.class, () -> owner.send("POST", "/api/v1/plugins/plans/" + plan.get("id").asText(), CONSENT));
            Running.await("the end of the process", () -> device.isRunning() ? null : true, 60);
            device.start();
            device.awaitReady();
            logIn(device.origin());
            JsonNode all = Running.await("the roll-back", () -> send(200, "GET", "", "").get("rollBacks").isEmpty() ? null : send(200, "GET", "", ""));
            assertEquals("org.example.exit", all.at("/rollBacks/0/plugin").asText());
            assertEquals(0, all.get("plugins").size());
            assertFalse(Files.exists(device.home().resolve("deploy/org.example.exit.jar")));
        } finally {
            device.stop();
        }
    }
}
