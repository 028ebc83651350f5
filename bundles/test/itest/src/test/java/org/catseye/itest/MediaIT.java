package org.catseye.itest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The library of images over the network: curl, tus by hand, and what happens when a connection, a session or the whole product ends meanwhile. */
public class MediaIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SIZE = 20_000_000;
    private static final int TIMEOUT_MILLIS = 20_000;

    private static Device device;

    @Rule
    public final TemporaryFolder folders = new TemporaryFolder();
    private final byte[] content = new byte[SIZE];
    private Client admin;
    private int tokens;

    @BeforeClass
    public static void start() throws Exception {
        device = new Device();
        startDevice();
    }

    private static void startDevice() throws Exception {
        device.start("--feature", "virtual-target");
        device.awaitReady();
    }

    @AfterClass
    public static void stop() throws Exception {
        device.stop();
    }

    @Before
    public void login() throws Exception {
        new Random(1).nextBytes(content);
        admin = new Client(device.origin()).login(Product.PASSWORD);
    }

    @After
    public void clear() throws Exception {
        for (JsonNode image : library().get("images")) {
            assertEquals(204, admin.send("DELETE", "/api/v1/media/" + image.get("id").textValue(), "").statusCode());
        }
        for (JsonNode token : JSON.readTree(admin.send("GET", "/api/v1/tokens", "").body())) {
            admin.send("DELETE", "/api/v1/tokens/" + token.get("id").textValue(), "");
        }
    }

    private String token(String... rights) throws Exception {
        String list = String.join("\",\"", rights);
        HttpResponse<String> made = admin.send("POST", "/api/v1/tokens", "{\"name\":\"" + ++tokens + "\",\"rights\":{\"default\":[\"" + list + "\"]},\"expires\":\""
                + Instant.now().plusSeconds(3600) + "\"}");
        assertEquals(made.body(), 201, made.statusCode());
        return JSON.readTree(made.body()).get("token").textValue();
    }

    private JsonNode library() throws Exception {
        return JSON.readTree(admin.send("GET", "/api/v1/media", "").body());
    }

    private JsonNode awaitImage(String name) throws Exception {
        return Running.await("the hash of " + name, () -> {
            for (JsonNode image : library().get("images")) {
                if (image.get("name").textValue().equals(name) && !image.get("sha256").textValue().isEmpty()) {
                    return image;
                }
            }
            return null;
        });
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** What curl prints; its last line is the status. */
    private List<String> curl(String token, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-w", "\n%{http_code}", "-H", "Authorization: Bearer " + token));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return printed.lines().toList();
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    private String url(String path) {
        return device.origin() + "/api/v1/media" + path;
    }

    @Test
    public void curlAddsReadsRenamesAndDeletesAnImage() throws Exception {
        String token = token("MEDIA");
        Path file = Files.write(folders.newFile("disk.img").toPath(), content);
        assertEquals("201", last(curl(token, "-T", file.toString(), url("/disk%20one.img"))));
        JsonNode image = awaitImage("disk one.img");
        assertEquals(hash(content), image.get("sha256").textValue());
        assertEquals(SIZE, image.get("bytes").intValue());
        assertArrayEquals(content, Files.readAllBytes(device.home().resolve("media/disk one.img")));

        String place = url("/" + image.get("id").textValue());
        Path back = folders.newFile("back").toPath();
        assertEquals("200", last(curl(token, "-o", back.toString(), place + "/content")));
        assertArrayEquals(content, Files.readAllBytes(back));
        assertEquals("206", last(curl(token, "-r", "1000-1999", "-o", back.toString(), place + "/content")));
        assertArrayEquals(Arrays.copyOfRange(content, 1000, 2000), Files.readAllBytes(back));
        assertEquals("416", last(curl(token, "-r", SIZE + "-", place + "/content")));
        assertEquals("200", last(curl(token("MEDIA_READ_ONLY"), "-I", place + "/content")));

        List<String> refused = curl(token, "-v", "--stderr", "-", "-T", file.toString(), "-H", "Expect: 100-continue", url("/DISK%20ONE.img"));
        assertEquals(refused.toString(), "409", last(refused));
        assertTrue("nothing was sent in vain: " + refused, refused.stream().noneMatch(line -> line.contains("100 Continue")));
        assertEquals("422", last(curl(token, "-T", file.toString(), url("/.hidden"))));
        assertEquals("201", last(curl(token, "-T", file.toString(), "-H", "Transfer-Encoding: chunked", url("/chunked.img"))));

        assertEquals("200", last(curl(token, "-X", "PATCH", "-H", "Content-Type: application/json", "-d", "{\"name\":\"new.img\"}", place)));
        assertEquals("403", last(curl(token("MEDIA_READ_ONLY"), "-X", "DELETE", place)));
        assertEquals("204", last(curl(token, "-X", "DELETE", place)));
        assertEquals("404", last(curl(token, "-X", "DELETE", place)));
        String audit = admin.send("GET", "/api/v1/audit", "").body();
        for (String action : List.of("media.added", "media.renamed", "media.deleted")) {
            assertTrue(action, audit.contains("\"" + action + "\""));
        }
    }

    /** A request whose body does not end: a connection that stays open. */
    private Socket open(String method, String path, String token, String headers, int length) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), device.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + device.port() + "\r\nAuthorization: Bearer " + token + "\r\n" + headers
                + "Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** The head of the answer. */
    private static List<String> answer(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        List<String> head = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.add(line);
        }
        return head;
    }

    private List<String> ask(String method, String path, String token, String headers) throws IOException {
        try (Socket socket = open(method, path, token, headers, 0)) {
            return answer(socket);
        }
    }

    private static String header(List<String> head, String name) {
        return head.stream().filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2)).findFirst().orElse("");
    }

    private static String status(List<String> head) {
        return head.isEmpty() ? "" : head.get(0).split(" ")[1];
    }

    private static String patchAt(long offset) {
        return "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: " + offset + "\r\n";
    }

    private long offset(String upload, String token) throws IOException {
        List<String> head = ask("HEAD", upload, token, "Tus-Resumable: 1.0.0\r\n");
        assertEquals(head.toString(), "200", status(head));
        return Long.parseLong(header(head, "Upload-Offset"));
    }

    @Test
    public void anUploadContinuesAfterABrokenConnectionAndARestart() throws Exception {
        String token = token("MEDIA");
        String name = "Upload-Metadata: filetype eA==,filename YS5pc28=\r\n";
        List<String> created = ask("POST", "/api/v1/media/uploads", token, "Tus-Resumable: 1.0.0\r\nUpload-Length: " + SIZE + "\r\n" + name);
        assertEquals(created.toString(), "201", status(created));
        assertTrue(created.toString(), !header(created, "Upload-Expires").isEmpty());
        String upload = header(created, "Location");
        assertEquals(0, offset(upload, token));

        try (Socket socket = open("PATCH", upload, token, patchAt(0), SIZE)) {
            socket.getOutputStream().write(content, 0, 5_000_000);
        }
        long first = Running.await("the first part", () -> {
            long stored = offset(upload, token);
            return stored == 5_000_000 ? Long.valueOf(stored) : null;
        });
        assertEquals("409", status(ask("PATCH", upload, token, patchAt(0))));
        assertEquals("412", status(ask("HEAD", upload, token, "Tus-Resumable: 0.2.2\r\n")));
        assertEquals("415", status(ask("PATCH", upload, token, "Upload-Offset: 0\r\n")));
        assertEquals(1, library().get("uploads").size());

        device.stop();
        startDevice();
        login();
        assertEquals(first, offset(upload, token));
        try (Socket socket = open("PATCH", upload, token, patchAt(first), SIZE - (int) first)) {
            socket.getOutputStream().write(content, (int) first, SIZE - (int) first);
            List<String> done = answer(socket);
            assertEquals(done.toString(), "204", status(done));
            assertEquals(Integer.toString(SIZE), header(done, "Upload-Offset"));
        }
        assertEquals("for a client that did not get the answer", SIZE, offset(upload, token));
        assertEquals(hash(content), awaitImage("a.iso").get("sha256").textValue());
        assertEquals(0, library().get("uploads").size());

        List<String> other = ask("POST", "/api/v1/media/uploads", token, "Upload-Length: 10\r\nUpload-Metadata: filename Yi5pc28=\r\n");
        assertEquals("204", status(ask("DELETE", header(other, "Location"), token, "Tus-Resumable: 1.0.0\r\n")));
        assertEquals("404", status(ask("HEAD", header(other, "Location"), token, "")));
        assertEquals("507", status(ask("POST", "/api/v1/media/uploads", token, "Upload-Length: 999999999999999999\r\nUpload-Metadata: filename Yy5pc28=\r\n")));
    }

    /** Wrong headers are answered with an error, and never with 500. */
    @Test
    public void noHeaderOfTusIsTrusted() throws Exception {
        String token = token("MEDIA");
        Random random = new Random(3);
        List<String> values = List.of("", "-1", "1e9", "99999999999999999999", "filename", "filename !!!", "filename Li4vYQ==", "a b,c d,filename YQ==, ", "x".repeat(5000), "0");
        for (int i = 0; i < 200; i++) {
            String headers = "Tus-Resumable: 1.0.0\r\nUpload-Length: " + values.get(random.nextInt(values.size())) + "\r\nUpload-Metadata: "
                    + values.get(random.nextInt(values.size())) + "\r\nUpload-Offset: " + values.get(random.nextInt(values.size())) + "\r\n";
            String status = status(ask(random.nextBoolean() ? "POST" : "PATCH", "/api/v1/media/uploads" + (random.nextBoolean() ? "/x" : ""), token, headers));
            assertTrue(status + " for " + headers, status.startsWith("4") || status.equals("201"));
        }
    }

    @Test
    public void slowUploadsLeaveTheirUserAbleToPressKeys() throws Exception {
        String token = token("MEDIA", "CONTROL", "VIEW");
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(open("PUT", "/api/v1/media/slow" + i, token, "", SIZE));
                slow.get(i).getOutputStream().write(content, 0, 100_000);
            }
            Running.await("four uploads", () -> library().get("uploads").size() == 4 ? "all" : null);
            try (Socket fifth = open("PUT", "/api/v1/media/slow5", token, "", SIZE)) {
                assertEquals("429", status(answer(fifth)));
            }
            for (int i = 0; i < 20; i++) {
                assertEquals("200", status(ask("GET", "/api/v1/targets", token, "")));
            }
            assertEquals("404", status(ask("GET", "/api/v1/targets/default/text/none", token, "")));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        Running.await("the end of broken uploads", () -> library().get("uploads").size() == 0 ? "none" : null);
        assertEquals("a broken PUT leaves nothing", 0, library().get("images").size());
        assertEquals(List.of(), Arrays.stream(device.home().resolve("media/.catseye").toFile().list()).filter(name -> !name.equals("index")).toList());
    }

    @Test
    public void theEndOfASessionEndsItsUpload() throws Exception {
        String token = token("MEDIA");
        try (Socket socket = open("PUT", "/api/v1/media/a.iso", token, "", SIZE)) {
            socket.getOutputStream().write(content, 0, 1_000_000);
            Running.await("the upload", () -> library().get("uploads").size() == 1 ? "begun" : null);
            String id = JSON.readTree(admin.send("GET", "/api/v1/tokens", "").body()).get(0).get("id").textValue();
            assertEquals(204, admin.send("DELETE", "/api/v1/tokens/" + id, "").statusCode());
            socket.getOutputStream().write(content, 1_000_000, 1_000);
            assertEquals("401", status(answer(socket)));
        }
        assertEquals(0, library().get("uploads").size());
        assertEquals(0, library().get("images").size());
    }

    @Test
    public void onlyAdministratorsFetchFromPrivateAddresses() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            request.sendResponseHeaders(200, content.length);
            request.getResponseBody().write(content);
            request.close();
        });
        server.start();
        try {
            String body = "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort() + "/pub/a.iso?secret\",\"sha256\":\"" + hash(content) + "\"}";
            List<String> refused = curl(token("MEDIA"), "-H", "Content-Type: application/json", "-d", body, url(""));
            assertEquals("422", last(refused));
            assertTrue(refused.toString(), refused.get(0).contains("\"bad_url\""));
            HttpResponse<String> started = admin.send("POST", "/api/v1/media", body);
            assertEquals(started.body(), 202, started.statusCode());
            JsonNode done = Running.await("the download", () -> {
                JsonNode download = library().get("downloads").get(0);
                return download.get("state").textValue().equals("RUNNING") ? null : download;
            });
            assertEquals(done.toString(), "DONE", done.get("state").textValue());
            assertTrue(done.toString(), !done.toString().contains("secret"));
            assertEquals(awaitImage("a.iso").get("id"), done.get("image"));
            assertEquals(204, admin.send("DELETE", "/api/v1/media/downloads/" + done.get("id").textValue(), "").statusCode());
            assertEquals(0, library().get("downloads").size());
        } finally {
            server.stop(0);
        }
    }
}
