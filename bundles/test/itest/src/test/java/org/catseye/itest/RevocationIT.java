package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Somebody watches in two ways and holds a key down, when the right to do so is taken away: over the wire everything closes, and the key goes up. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RevocationIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "/api/v1/targets/default/";
    private static final String PEOPLES_PASSWORD = "three odd words";

    @Inject
    private BundleContext context;
    private Client admin;
    private RecordingKeyboard keyboard;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Before
    public void start() throws Exception {
        admin = new Running(context).client();
        keyboard = new RecordingKeyboard(context);
    }

    @After
    public void stop() {
        keyboard.close();
    }

    private interface Deed {
        int status() throws Exception;
    }

    @Test
    public void anEndedSessionClosesItsStreamsAndSocketsAndReleasesItsKeys() throws Exception {
        Client ann = person("ann");
        JsonNode sessions = JSON.readTree(admin.send("GET", "/api/v1/sessions", "").body());
        String id = null;
        for (JsonNode session : sessions) {
            id = session.get("user").textValue().equals("ann") ? session.get("id").textValue() : id;
        }
        String hers = id;
        throwsOut("session ended", ann, () -> admin.send("DELETE", "/api/v1/sessions/" + hers, "").statusCode());
    }

    @Test
    public void aNewPasswordDoesSo() throws Exception {
        Client bob = person("bob");
        throwsOut("password changed", bob, () -> admin.send("PUT", "/api/v1/users/bob/password", "{\"password\":\"four quite odd words\"}").statusCode());
    }

    @Test
    public void fewerRightsDoSo() throws Exception {
        Client eve = person("eve");
        throwsOut("rights changed", eve, () -> admin.send("PUT", "/api/v1/users/eve", "{\"roles\":[],\"rights\":{\"default\":[\"VIEW\"]}}").statusCode());
    }

    @Test
    public void theEndOfTheUserDoesSo() throws Exception {
        Client tim = person("tim");
        throwsOut("user removed", tim, () -> admin.send("DELETE", "/api/v1/users/tim", "").statusCode());
    }

    @Test
    public void aRevokedTokenDoesSo() throws Exception {
        Client una = person("una");
        JsonNode made = JSON.readTree(una.send("POST", "/api/v1/tokens", "{\"name\":\"t\",\"rights\":{\"*\":[\"VIEW\"]},\"expires\":\"" + java.time.Instant.now().plusSeconds(600) + "\"}").body());
        String id = JSON.readTree(una.send("GET", "/api/v1/tokens", "").body()).get(0).get("id").textValue();
        CompletableFuture<Long> end = streamEnd("Authorization: Bearer " + made.get("token").textValue());
        long begun = System.nanoTime();
        assertEquals(204, una.send("DELETE", "/api/v1/tokens/" + id, "").statusCode());
        System.out.println("revocation, token revoked: stream " + millis(begun, end.get(10, TimeUnit.SECONDS)) + " ms");
    }

    private Client person(String name) throws Exception {
        var made = admin.send("POST", "/api/v1/users", "{\"name\":\"" + name + "\",\"password\":\"" + PEOPLES_PASSWORD + "\",\"roles\":[],\"rights\":{\"default\":[\"VIEW\",\"CONTROL\"]}}");
        assertEquals(made.body(), 201, made.statusCode());
        return new Client(admin.origin().toString()).login(name, PEOPLES_PASSWORD);
    }

    private void throwsOut(String what, Client person, Deed deed) throws Exception {
        Client.Socket video = person.socket(TARGET + "video", "catseye.video.v1");
        Client.Socket control = person.socket(TARGET + "control", "catseye.control.v1");
        Client.Socket bystander = admin.socket(TARGET + "control", "catseye.control.v1");
        assertNotNull(control.text(text -> text.contains("\"type\":\"state\"")));
        CompletableFuture<Long> stream = streamEnd("Cookie: " + person.cookie());
        control.say("{\"type\":\"key\",\"code\":\"ShiftLeft\",\"down\":true}").say("{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}");
        Running.await("the keys down", () -> keyboard.last().modifiers() != 0 && keyboard.last().keys().size() == 1 ? true : null);
        long begun = System.nanoTime();
        int status = deed.status();
        assertTrue(what + ": " + status, status == 200 || status == 204);
        long up = keyboard.awaitUp();
        assertTrue("control closes", control.awaitClosed());
        long controlNanos = System.nanoTime();
        assertTrue("video closes", video.awaitClosed());
        long videoNanos = System.nanoTime();
        long streamNanos = stream.get(10, TimeUnit.SECONDS);
        System.out.println("revocation, " + what + ": keys up " + millis(begun, up) + " ms, control " + millis(begun, controlNanos) + " ms, video " + millis(begun, videoNanos)
                + " ms, stream " + millis(begun, streamNanos) + " ms");
        assertTrue("who else is there stays", bystander.open());
        assertEquals("and the cookie opens nothing", 401, person.send("GET", "/api/v1/session", "").statusCode());
        bystander.close();
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }

    /** Opens the MJPEG stream; when this returns a picture is there. @return completes with the time at which the server ended it */
    private CompletableFuture<Long> streamEnd(String credentials) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), admin.origin().getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(("GET " + TARGET + "video.mjpeg HTTP/1.1\r\nHost: " + admin.origin().getAuthority() + "\r\n" + credentials + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        CompletableFuture<Void> picture = new CompletableFuture<>();
        CompletableFuture<Long> end = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (socket; InputStream in = socket.getInputStream()) {
                byte[] buffer = new byte[65536];
                int total = 0;
                int read = in.read(buffer);
                String head = new String(buffer, 0, 12, StandardCharsets.US_ASCII);
                for (int n = read; n >= 0; n = in.read(buffer)) {
                    total += n;
                    if (total > 4096 && head.endsWith(" 200")) {
                        picture.complete(null);
                    }
                }
            } catch (IOException torn) {
                // An end as well.
            }
            end.complete(System.nanoTime());
            picture.completeExceptionally(new IOException("the stream ended before a picture came"));
        }, "mjpeg reader");
        reader.setDaemon(true);
        reader.start();
        picture.get(10, TimeUnit.SECONDS);
        return end;
    }
}
