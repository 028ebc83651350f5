package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The disk of the home is full: what could not be stored is not answered as done, what was ended stays ended, and nothing is lost. */
public class FullDiskIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DISK_MEBIBYTES = 96;
    private static final String SETTING = "graceSeconds = 23\n";
    private Device device;
    private SmallDisk disk;

    @Before
    public void claim() throws Exception {
        device = new Device();
        String password = Files.readString(device.home().resolve("password"));
        disk = SmallDisk.mount(device.home(), DISK_MEBIBYTES).orElse(null);
        assumeTrue("a small disk cannot be mounted here (needs root)", disk != null);
        Files.writeString(device.home().resolve("password"), password);
        Files.createDirectories(config().getParent());
        Files.writeString(config(), SETTING);
        device.start("--feature", "virtual-target");
        device.awaitReady();
    }

    @After
    public void stop() throws Exception {
        if (disk != null) {
            device.stop();
            disk.unmount();
        }
    }

    private Path config() {
        return device.home().resolve("config/org.catseye.web.control.cfg");
    }

    private Client login() throws Exception {
        return new Client(device.origin()).login(Product.PASSWORD);
    }

    private int statusWithToken(String token) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(device.origin() + "/api/v1/targets"))
                .header("Authorization", "Bearer " + token).build(), BodyHandlers.discarding()).statusCode();
    }

    private void assertEnded(Client guest, String token) throws Exception {
        assertEquals("the ended session", 401, guest.send("GET", "/api/v1/targets", "").statusCode());
        assertEquals("the revoked token", 401, statusWithToken(token));
    }

    private static void assertNotStored(String what, java.net.http.HttpResponse<String> answer) {
        assertEquals(what + ": " + answer.body(), 507, answer.statusCode());
        assertTrue(what + ": " + answer.body(), answer.body().contains("not_stored"));
    }

    @Test
    public void whatIsEndedStaysEndedAndNothingIsLost() throws Exception {
        Client owner = login();
        Client guest = login();
        assertEquals(201, owner.send("POST", "/api/v1/users", "{\"name\":\"eve\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{\"default\":[\"VIEW\"]}}").statusCode());
        JsonNode made = JSON.readTree(owner.send("POST", "/api/v1/tokens", "{\"name\":\"t\",\"rights\":{\"*\":[\"VIEW\"]},\"expires\":\""
                + Instant.now().plusSeconds(600) + "\"}").body());
        String token = made.get("token").textValue();
        String id = JSON.readTree(owner.send("GET", "/api/v1/tokens", "").body()).get(0).get("id").textValue();
        assertEquals(200, statusWithToken(token));
        disk.fill();

        assertNotStored("logout", guest.send("DELETE", "/api/v1/session", ""));
        assertNotStored("token", owner.send("DELETE", "/api/v1/tokens/" + id, ""));
        assertEnded(guest, token);
        assertNotStored("new user", owner.send("POST", "/api/v1/users", "{\"name\":\"mallory\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{}}"));
        assertNotStored("other rights", owner.send("PUT", "/api/v1/users/eve", "{\"roles\":[\"admin\"],\"rights\":{}}"));
        assertNotStored("other password", owner.send("PUT", "/api/v1/users/eve/password", "{\"password\":\"four other odd words\"}"));
        owner.form("/system/console/configMgr/org.catseye.web.control", "apply=true&action=ajaxConfigManager&propertylist=graceSeconds&graceSeconds=29");
        assertEquals("the configuration", SETTING, Files.readString(config()));

        disk.free();
        Running.await("the revoked token is stored", () -> Files.readString(device.home().resolve("access/tokens.json")).contains(id) ? null : true, 60);
        device.stop();
        device.start("--feature", "virtual-target");
        device.awaitReady();
        assertEnded(guest, token);
        String users = login().send("GET", "/api/v1/users", "").body();
        assertTrue(users, users.contains("\"eve\""));
        assertFalse(users, users.contains("mallory"));
        for (JsonNode user : JSON.readTree(users)) {
            assertEquals(users, user.get("name").textValue().equals("admin"), user.get("roles").toString().contains("admin"));
        }
    }
}
