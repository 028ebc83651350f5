package org.catseye.itest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Random;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The drives of the virtual computer, and disks for files, in the whole product: library, hub, drive and the API together. */
public class MediaDrivesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DRIVES = "/api/v1/targets/default/media";
    private static final int IMAGE_BYTES = 1 << 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] content = new byte[IMAGE_BYTES];
    private Device device;
    private Client admin;
    private String token;

    @Before
    public void start() throws Exception {
        new Random(3).nextBytes(content);
        device = new Device();
        device.start("--feature", "virtual-target");
        device.awaitReady();
        admin = new Client(device.origin()).login(Product.PASSWORD);
        token = token("MEDIA");
    }

    @After
    public void stop() throws Exception {
        device.stop();
    }

    private String token(String right) throws Exception {
        HttpResponse<String> made = admin.send("POST", "/api/v1/tokens", "{\"name\":\"" + right + "\",\"rights\":{\"default\":[\"" + right + "\"]},\"expires\":\""
                + Instant.now().plusSeconds(3600) + "\"}");
        assertEquals(made.body(), 201, made.statusCode());
        return JSON.readTree(made.body()).get("token").textValue();
    }

    private HttpResponse<byte[]> ask(String by, String method, String path, byte[] body, String type) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(device.origin() + path)).header("Authorization", "Bearer " + by).header("Content-Type", type)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> ask(String method, String path, String body) throws Exception {
        return ask(token, method, path, body.getBytes("UTF-8"), "application/json");
    }

    private JsonNode read(String path) throws Exception {
        HttpResponse<byte[]> answer = ask("GET", path, "");
        assertEquals(200, answer.statusCode());
        return JSON.readTree(answer.body());
    }

    private String upload(String name, byte[] bytes) throws Exception {
        HttpResponse<byte[]> added = ask(token, "PUT", "/api/v1/media/" + name, bytes, "application/octet-stream");
        assertEquals(201, added.statusCode());
        return JSON.readTree(added.body()).get("id").textValue();
    }

    private static void assertCode(int status, String code, HttpResponse<byte[]> answer) throws Exception {
        assertEquals(new String(answer.body(), "UTF-8"), status, answer.statusCode());
        assertEquals(code, JSON.readTree(answer.body()).at("/error/code").textValue());
    }

    @Test
    public void anAttachedImageStaysUntilItIsEjected() throws Exception {
        String id = upload("a.iso", content);
        JsonNode drives = read(DRIVES);
        assertEquals("cd", drives.at("/0/drive").textValue());
        assertEquals("disk", drives.at("/1/drive").textValue());
        assertEquals("EMPTY", drives.at("/0/state").textValue());
        assertCode(404, "not_found", ask("PUT", DRIVES + "/cd", "{\"image\":\"missing.iso\"}"));
        assertCode(409, "unsupported", ask("PUT", DRIVES + "/cd", "{\"image\":\"a.iso\",\"kind\":\"disk\"}"));
        HttpResponse<byte[]> attached = ask("PUT", DRIVES + "/cd", "{\"image\":\"" + id + "\",\"kind\":\"cdrom\",\"readOnly\":true}");
        assertEquals(200, attached.statusCode());
        JsonNode drive = JSON.readTree(attached.body());
        assertEquals("ATTACHED", drive.get("state").textValue());
        assertEquals(id, drive.get("image").textValue());
        assertEquals("[{\"target\":\"default\",\"drive\":\"cd\"}]", read("/api/v1/media").at("/images/0/attached").toString());
        assertCode(409, "in_use", ask("DELETE", "/api/v1/media/" + id, ""));
        assertCode(409, "in_use", ask("PATCH", "/api/v1/media/" + id, "{\"name\":\"b.iso\"}"));
        assertEquals(204, ask("DELETE", DRIVES + "/cd", "").statusCode());
        assertEquals("EMPTY", read(DRIVES + "/cd").get("state").textValue());
        assertEquals(204, ask("DELETE", "/api/v1/media/" + id, "").statusCode());
        String audit = admin.send("GET", "/api/v1/audit", "").body();
        assertTrue(audit, audit.contains("media.attached") && audit.contains("media.ejected") && audit.contains("media.deleted"));
    }

    @Test
    public void theLesserRightOnlyReads() throws Exception {
        String reader = token("MEDIA_READ_ONLY");
        upload("a.img", content);
        byte[] forWriting = "{\"image\":\"a.img\",\"readOnly\":false}".getBytes("UTF-8");
        assertCode(403, "forbidden", ask(reader, "PUT", DRIVES + "/disk", forWriting, "application/json"));
        assertCode(403, "forbidden", ask(reader, "PUT", "/api/v1/media/b.img", content, "application/octet-stream"));
        assertEquals(200, ask(reader, "PUT", DRIVES + "/disk", "{\"image\":\"a.img\"}".getBytes("UTF-8"), "application/json").statusCode());
        assertEquals(204, ask(reader, "DELETE", DRIVES + "/disk", new byte[0], "application/json").statusCode());
        assertEquals("both come from the owner", 200, ask(token, "PUT", DRIVES + "/disk", forWriting, "application/json").statusCode());
        assertCode(403, "forbidden", ask(reader, "DELETE", DRIVES + "/disk", new byte[0], "application/json"));
    }

    @Test
    public void filesGoToTheComputerAndBack() throws Exception {
        HttpResponse<byte[]> made = ask("POST", "/api/v1/media/disks", "{\"name\":\"files.img\",\"label\":\"FILES\",\"bytes\":4194304}");
        if (made.statusCode() == 503) {
            System.out.println("SKIPPED filesGoToTheComputerAndBack: mtools and dosfstools are not installed");
            return;
        }
        assertEquals(201, made.statusCode());
        String disk = "/api/v1/media/disks/" + JSON.readTree(made.body()).get("id").textValue();
        assertEquals(204, ask(token, "PUT", disk + "/file?path=docs/report%20one.txt", content, "text/plain").statusCode());
        assertEquals("[{\"path\":\"docs\",\"folder\":true,\"bytes\":0},{\"path\":\"docs/report one.txt\",\"folder\":false,\"bytes\":1048576}]", read(disk + "/files").toString());
        HttpResponse<byte[]> back = ask("GET", disk + "/file?path=docs/report%20one.txt", "");
        assertArrayEquals(content, back.body());
        assertEquals("attachment; filename*=UTF-8''report%20one.txt", back.headers().firstValue("Content-Disposition").orElse(""));
        assertCode(422, "bad_name", ask(token, "PUT", disk + "/file?path=../x", content, "text/plain"));
        assertCode(507, "no_space", ask(token, "PUT", disk + "/file?path=large", new byte[5 << 20], "text/plain"));
        assertEquals(200, ask("PUT", DRIVES + "/disk", "{\"image\":\"files.img\",\"readOnly\":false}").statusCode());
        assertCode(409, "in_use", ask("GET", disk + "/files", ""));
        assertEquals(204, ask("DELETE", DRIVES + "/disk", "").statusCode());
        assertEquals(204, ask("DELETE", disk + "/file?path=docs", "").statusCode());
        assertEquals("[]", read(disk + "/files").toString());
        assertEquals(4_194_304, Files.size(device.home().resolve("media/files.img")));
    }
}
