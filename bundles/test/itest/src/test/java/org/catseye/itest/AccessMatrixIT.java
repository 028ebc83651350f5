package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/**
 * Every end point that the device lists, asked by all kinds of callers: who gets in is what the table says, and no end point is without a row. Every
 * change needs a recent proof of who the user is, unless it is among those of {@link #WITHOUT_PROOF}.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class AccessMatrixIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String SOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    /**
     * What is needed: nothing, any session, a person's session, VIEW of the target, CONTROL of it, POWER of it, MEDIA_READ_ONLY of it, MEDIA or its
     * form for reading on any target, VIEW of any target, ADMIN.
     */
    private enum Need { NOTHING, SESSION, PERSON, VIEW, VIEW_ANYWHERE, CONTROL, POWER, MEDIA_READ_ONLY, MEDIA_ANYWHERE, READ_MEDIA_ANYWHERE, ADMIN }

    /** An administrator who logged in an hour ago. */
    private static final String LONG_AGO = "admin of an hour ago";
    private static final String TOKEN_AS_COOKIE = "API token as the cookie";
    private static final String LOGIN_AS_BEARER = "login as a Bearer token";
    /** Changes that give no power, or bring a proof of their own. */
    private static final Set<String> WITHOUT_PROOF = Set.of("POST /api/v1/setup", "POST /api/v1/session", "DELETE /api/v1/session", "POST /api/v1/session/proof",
            "POST /api/v1/targets/{id}/checks/{check}/actions/{action}", "POST /api/v1/targets/{id}/text", "DELETE /api/v1/targets/{id}/text/{text}",
            "POST /api/v1/targets/{id}/power", "PUT /api/v1/targets/{id}/media/{drive}", "DELETE /api/v1/targets/{id}/media/{drive}",
            "POST /api/v1/media", "PUT /api/v1/media/{id}", "PATCH /api/v1/media/{id}", "DELETE /api/v1/media/{id}",
            "DELETE /api/v1/media/downloads/{id}", "POST /api/v1/media/uploads", "PATCH /api/v1/media/uploads/{id}", "DELETE /api/v1/media/uploads/{id}",
            "POST /api/v1/media/disks", "PUT /api/v1/media/disks/{id}/file", "DELETE /api/v1/media/disks/{id}/file");

    private record Row(Need need, String body) {
    }

    private static final Map<String, Row> ROWS = rows();

    @Inject
    private BundleContext context;
    private URI origin;
    /** Name of a caller to the header that he comes with. */
    private final Map<String, String> callers = new LinkedHashMap<>();

    @Configuration
    public Option[] config() throws IOException {
        return Product.configured(Map.of("org.catseye.core.target~other", "id = other\nlabel = Another computer"), "virtual-target");
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("GET /api/v1/health", new Row(Need.NOTHING, ""));
        rows.put("POST /api/v1/setup", new Row(Need.NOTHING, "{}"));
        rows.put("POST /api/v1/session", new Row(Need.NOTHING, "{}"));
        for (String any : List.of("GET /api/v1/session", "DELETE /api/v1/session", "GET /api/v1/targets", "GET /api/v1/openapi.json", "GET /metrics",
                "GET /api/v1/layouts", "GET /api/v1/layouts/{layout}")) {
            rows.put(any, new Row(Need.SESSION, ""));
        }
        rows.put("GET /api/v1/board", new Row(Need.VIEW_ANYWHERE, ""));
        rows.put("GET /api/v1/session/proof", new Row(Need.SESSION, ""));
        rows.put("POST /api/v1/session/proof", new Row(Need.PERSON, "{}"));
        for (String own : List.of("GET /api/v1/sessions", "DELETE /api/v1/sessions/{id}", "GET /api/v1/tokens", "DELETE /api/v1/tokens/{id}")) {
            rows.put(own, new Row(Need.PERSON, ""));
        }
        rows.put("POST /api/v1/tokens", new Row(Need.PERSON, "{\"name\":\"\",\"rights\":{},\"expires\":\"2030-01-01T00:00:00Z\"}"));
        for (String seen : List.of("snapshot.jpeg", "video.mjpeg", "video.h264", "video.ts", "video.mp4", "video.m3u8",
                "video.m3u8/{quality}/{file}", "video", "control")) {
            rows.put("GET /api/v1/targets/{id}/" + seen, new Row(Need.VIEW, ""));
        }
        rows.put("GET /api/v1/targets/{id}/checks", new Row(Need.CONTROL, ""));
        rows.put("POST /api/v1/targets/{id}/checks/{check}/actions/{action}", new Row(Need.CONTROL, ""));
        // Nothing is typed, so that the callers don't depend on each other.
        rows.put("POST /api/v1/targets/{id}/text", new Row(Need.CONTROL, "{\"text\":\"\"}"));
        rows.put("GET /api/v1/targets/{id}/text/{text}", new Row(Need.CONTROL, ""));
        rows.put("DELETE /api/v1/targets/{id}/text/{text}", new Row(Need.CONTROL, ""));
        rows.put("GET /api/v1/targets/{id}/power", new Row(Need.POWER, ""));
        // An action that doesn't exist: the computer keeps running.
        rows.put("POST /api/v1/targets/{id}/power", new Row(Need.POWER, "{\"action\":\"\"}"));
        rows.put("GET /api/v1/targets/{id}/media", new Row(Need.MEDIA_READ_ONLY, ""));
        // No drive has this name.
        rows.put("GET /api/v1/targets/{id}/media/{drive}", new Row(Need.MEDIA_READ_ONLY, ""));
        rows.put("PUT /api/v1/targets/{id}/media/{drive}", new Row(Need.MEDIA_READ_ONLY, "{\"image\":\"\"}"));
        rows.put("DELETE /api/v1/targets/{id}/media/{drive}", new Row(Need.MEDIA_READ_ONLY, ""));
        rows.put("POST /api/v1/media/disks", new Row(Need.MEDIA_ANYWHERE, "{\"name\":\"\",\"bytes\":0}"));
        for (String file : List.of("GET /api/v1/media/disks/{id}/files", "GET /api/v1/media/disks/{id}/file", "PUT /api/v1/media/disks/{id}/file",
                "DELETE /api/v1/media/disks/{id}/file")) {
            rows.put(file, new Row(Need.MEDIA_ANYWHERE, ""));
        }
        rows.put("GET /api/v1/media", new Row(Need.READ_MEDIA_ANYWHERE, ""));
        rows.put("GET /api/v1/media/{id}/content", new Row(Need.READ_MEDIA_ANYWHERE, ""));
        rows.put("POST /api/v1/media", new Row(Need.MEDIA_ANYWHERE, "{\"url\":\"file:///\"}"));
        rows.put("PATCH /api/v1/media/{id}", new Row(Need.MEDIA_ANYWHERE, "{\"name\":\"x\"}"));
        for (String change : List.of("PUT /api/v1/media/{id}", "DELETE /api/v1/media/{id}", "DELETE /api/v1/media/downloads/{id}", "POST /api/v1/media/uploads",
                "GET /api/v1/media/uploads/{id}", "PATCH /api/v1/media/uploads/{id}", "DELETE /api/v1/media/uploads/{id}")) {
            rows.put(change, new Row(Need.MEDIA_ANYWHERE, ""));
        }
        for (String read : List.of("users", "users/{name}", "roles", "audit", "settings", "settings/{pid}")) {
            rows.put("GET /api/v1/" + read, new Row(Need.ADMIN, ""));
        }
        for (String gone : List.of("users/{name}", "users/{name}/second-factor", "roles/{name}", "settings/{pid}")) {
            rows.put("DELETE /api/v1/" + gone, new Row(Need.ADMIN, ""));
        }
        rows.put("GET /api/v1/plugins", new Row(Need.ADMIN, ""));
        // Without the parameter "file", so that nothing is read.
        rows.put("POST /api/v1/plugins", new Row(Need.ADMIN, ""));
        for (String plan : List.of("GET", "POST", "DELETE")) {
            rows.put(plan + " /api/v1/plugins/plans/{id}", new Row(Need.ADMIN, ""));
        }
        rows.put("GET /api/v1/plugins/makers", new Row(Need.ADMIN, ""));
        // No certificate.
        rows.put("POST /api/v1/plugins/makers", new Row(Need.ADMIN, "{}"));
        rows.put("DELETE /api/v1/plugins/makers/{fingerprint}", new Row(Need.ADMIN, ""));
        rows.put("GET /api/v1/features", new Row(Need.ADMIN, ""));
        // A feature that does not exist.
        rows.put("POST /api/v1/features", new Row(Need.ADMIN, "{\"feature\":\"x\",\"on\":true}"));
        for (String plan : List.of("GET", "POST", "DELETE")) {
            rows.put(plan + " /api/v1/features/plans/{id}", new Row(Need.ADMIN, ""));
        }
        rows.put("PUT /api/v1/plugins/{name}", new Row(Need.ADMIN, "{\"enabled\":false}"));
        rows.put("DELETE /api/v1/plugins/{name}", new Row(Need.ADMIN, ""));
        rows.put("POST /api/v1/plugins/{name}/rollback", new Row(Need.ADMIN, "{\"version\":\"1\"}"));
        rows.put("POST /api/v1/users", new Row(Need.ADMIN, "{\"name\":\"\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{}}"));
        rows.put("PUT /api/v1/users/{name}", new Row(Need.ADMIN, "{\"roles\":[],\"rights\":{}}"));
        rows.put("PUT /api/v1/users/{name}/password", new Row(Need.ADMIN, "{\"password\":\"three odd words\"}"));
        rows.put("PUT /api/v1/roles/{name}", new Row(Need.ADMIN, "{\"rights\":{\"*\":[\"VIEW\"]}}"));
        rows.put("GET /api/v1/targets/{id}/capture", new Row(Need.ADMIN, ""));
        rows.put("PUT /api/v1/targets/{id}/capture", new Row(Need.ADMIN, "{\"values\":{}}"));
        rows.put("PUT /api/v1/settings/{pid}", new Row(Need.ADMIN, "{\"values\":{}}"));
        rows.put("POST /api/v1/settings/{pid}", new Row(Need.ADMIN, "{\"name\":\"x\",\"values\":{}}"));
        // Of one's own only, so nobody may for the user that is asked for here.
        rows.put("POST /api/v1/users/{name}/second-factor", new Row(null, "{\"password\":\"three odd words\"}"));
        rows.put("PUT /api/v1/users/{name}/second-factor", new Row(null, "{\"code\":\"123456\"}"));
        return rows;
    }

    @Before
    public void letPeopleIn() throws Exception {
        Running running = new Running(context);
        String longAgo = running.client().cookie();
        running.ageProofs();
        Client admin = running.client();
        origin = admin.origin();
        callers.put("anonymous", "");
        callers.put("revoked", "Authorization: Bearer " + token(admin, "revoked", Instant.now().plusSeconds(600)));
        String id = JSON.readTree(admin.send("GET", "/api/v1/tokens", "").body()).get(0).get("id").textValue();
        assertEquals(204, admin.send("DELETE", "/api/v1/tokens/" + id, "").statusCode());
        callers.put("view token", "Authorization: Bearer " + token(admin, "view", Instant.now().plusSeconds(600)));
        String expiring = "Authorization: Bearer " + token(admin, "expiring", Instant.now().plusSeconds(3));
        assertEquals("while it lasts", 200, ask("GET", "/api/v1/session", expiring, "", ""));
        Running.await("the end of a token", () -> ask("GET", "/api/v1/session", expiring, "", "") == 401 ? true : null);
        callers.put("expired", expiring);
        callers.put("viewer", "Cookie: " + person(admin, "viewer", "VIEW"));
        callers.put("typist", "Cookie: " + person(admin, "typist", "CONTROL"));
        callers.put("operator", "Cookie: " + person(admin, "operator", "POWER"));
        callers.put("media reader", "Cookie: " + person(admin, "media-reader", "MEDIA_READ_ONLY"));
        callers.put("media user", "Cookie: " + person(admin, "media-user", "MEDIA"));
        callers.put("other target", "Cookie: " + person(admin, "elsewhere", "other", "\"VIEW\",\"CONTROL\",\"MEDIA\",\"POWER\""));
        callers.put("other target's token", "Authorization: Bearer " + token(admin, "elsewhere", Instant.now().plusSeconds(600), "other"));
        callers.put("admin", "Cookie: " + login("admin", Product.PASSWORD));
        callers.put(TOKEN_AS_COOKIE, "Cookie: catseye-session=" + token(admin, "cookie", Instant.now().plusSeconds(600)));
        callers.put(LOGIN_AS_BEARER, "Authorization: Bearer " + login("admin", Product.PASSWORD).replaceFirst("^[^=]*=", ""));
        callers.put(LONG_AGO, "Cookie: " + longAgo);
        callers.put("foreign page", callers.get("admin"));
        callers.put("no origin", callers.get("admin"));
    }

    private static String token(Client admin, String name, Instant until) throws Exception {
        return token(admin, name, until, "*");
    }

    private static String token(Client admin, String name, Instant until, String target) throws Exception {
        var made = admin.send("POST", "/api/v1/tokens", "{\"name\":\"" + name + "\",\"rights\":{\"" + target + "\":[\"VIEW\"]},\"expires\":\"" + until + "\"}");
        assertEquals(made.body(), 201, made.statusCode());
        return JSON.readTree(made.body()).get("token").textValue();
    }

    private String person(Client admin, String name, String right) throws Exception {
        return person(admin, name, "default", "\"" + right + "\"");
    }

    private String person(Client admin, String name, String target, String rights) throws Exception {
        var made = admin.send("POST", "/api/v1/users", "{\"name\":\"" + name + "\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{\"" + target + "\":[" + rights + "]}}");
        assertEquals(made.body(), 201, made.statusCode());
        return login(name, "three odd words");
    }

    private String login(String user, String password) throws Exception {
        return new Client(origin.toString()).login(user, password).cookie();
    }

    @Test
    public void whoGetsInIsWhatTheTableSays() throws Exception {
        JsonNode paths = JSON.readTree(new Client(origin.toString()).login(Product.PASSWORD).send("GET", "/api/v1/openapi.json", "").body()).get("paths");
        Set<String> listed = new TreeSet<>();
        paths.properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            if (METHODS.contains(method)) {
                listed.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
            }
        }));
        assertEquals("every end point has its row, and no row is left over", listed, new TreeSet<>(ROWS.keySet()));
        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (String endPoint : ROWS.keySet()) {
            if (!endPoint.equals("DELETE /api/v1/session")) {
                for (String caller : callers.keySet()) {
                    check(endPoint, caller, wrong);
                    cells++;
                }
            }
        }
        for (String console : List.of("GET /system/console/bundles", "POST /system/console/bundles/0", "GET /system/console/configMgr", "POST /system/console/install")) {
            for (String caller : callers.keySet()) {
                check(console, new Row(Need.ADMIN, ""), caller, wrong);
            }
        }
        rightsOnAnotherTargetAreRightsThere();
        // Last, for it ends what the callers came with; the foreign page before the session it rides on.
        for (String caller : List.of("anonymous", "revoked", "expired", TOKEN_AS_COOKIE, LOGIN_AS_BEARER, "view token", "viewer", "typist", "operator", "media reader", "media user",
                "other target",
                "other target's token", "foreign page",
                "no origin", LONG_AGO, "admin")) {
            check("DELETE /api/v1/session", caller, wrong);
            cells++;
        }
        assertEquals(cells + " cells", List.of(), wrong);
        assertEquals(ROWS.size() * callers.size(), cells);
    }

    private void rightsOnAnotherTargetAreRightsThere() throws Exception {
        for (String caller : List.of("other target", "other target's token")) {
            int there = ask("GET", "/api/v1/targets/other/snapshot.jpeg", callers.get(caller), "", "");
            assertTrue(caller + ": " + there, there == 200 || there == 503);
            assertEquals(403, ask("GET", "/api/v1/targets/default/snapshot.jpeg", callers.get(caller), "", ""));
            assertEquals("what is not there is not told", 403, ask("GET", "/api/v1/targets/nowhere/snapshot.jpeg", callers.get(caller), "", ""));
        }
    }

    private void check(String endPoint, String caller, List<String> wrong) throws IOException {
        check(endPoint, ROWS.get(endPoint), caller, wrong);
    }

    private void check(String endPoint, Row row, String caller, List<String> wrong) throws IOException {
        String method = endPoint.substring(0, endPoint.indexOf(' '));
        boolean socket = endPoint.endsWith("/video") || endPoint.endsWith("/control");
        String path = endPoint.substring(method.length() + 1).replace("targets/{id}", "targets/default").replace("{name}", "nobody-of-this-name").replace("{id}", "nothing").replace("{quality}", "default").replace("{file}", "1.m4s")
                .replace("{check}", "nothing").replace("{action}", "nothing").replace("{text}", "nothing").replace("{layout}", "de").replace("{drive}", "nothing").replace("{pid}", "nothing").replace("{fingerprint}", "nothing");
        String from = switch (caller) {
            case "foreign page" -> "Origin: http://evil.example\r\n";
            case "no origin" -> "";
            default -> "Origin: " + origin + "\r\n";
        };
        boolean foreign = from.isEmpty() || caller.equals("foreign page");
        String answer = answer(method, path, callers.get(caller), row.body(), from + (socket ? SOCKET : ""));
        int status = status(answer);
        boolean proofNeeded = caller.equals(LONG_AGO) && !method.equals("GET") && !WITHOUT_PROOF.contains(endPoint);
        int expected = proofNeeded ? 403 : expected(row.need(), caller, foreign && (socket || !method.equals("GET")));
        boolean letIn = status < 500 && status != 401 && status != 403 || status == 503;
        boolean right = answer.contains("\"code\":\"proof_required\"") == proofNeeded && (expected == 0 ? letIn : status == expected);
        if (!right) {
            wrong.add(endPoint + " by " + caller + ": " + status + " instead of " + (expected == 0 ? "an answer" : expected));
        }
    }

    /** 401, 403, or 0 for whoever is let in. */
    private static int expected(Need need, String caller, boolean foreignDeed) {
        if (foreignDeed) {
            return 403;
        }
        if (need == Need.NOTHING) {
            return 0;
        }
        boolean nobody = Set.of("anonymous", "revoked", "expired", TOKEN_AS_COOKIE, LOGIN_AS_BEARER).contains(caller);
        boolean admin = Set.of("admin", LONG_AGO, "foreign page", "no origin").contains(caller);
        if (nobody) {
            return 401;
        }
        if (need == null) {
            return 403;
        }
        return switch (need) {
            case ADMIN -> admin ? 0 : 403;
            case PERSON -> caller.endsWith("token") ? 403 : 0;
            case POWER -> admin || caller.equals("operator") ? 0 : 403;
            case MEDIA_READ_ONLY -> admin || caller.startsWith("media ") ? 0 : 403;
            case MEDIA_ANYWHERE -> admin || caller.equals("media user") || caller.equals("other target") ? 0 : 403;
            case READ_MEDIA_ANYWHERE -> admin || caller.startsWith("media ") || caller.equals("other target") ? 0 : 403;
            case CONTROL -> Set.of("viewer", "view token", "operator", "media reader", "media user").contains(caller) || caller.startsWith("other target") ? 403 : 0;
            case VIEW_ANYWHERE -> Set.of("typist", "operator", "media reader", "media user").contains(caller) ? 403 : 0;
            case VIEW -> Set.of("typist", "operator", "media reader", "media user").contains(caller) || caller.startsWith("other target") ? 403 : 0;
            default -> 0;
        };
    }

    private int ask(String method, String path, String credentials, String body, String headers) throws IOException {
        return status(answer(method, path, credentials, body, headers));
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ")[1]);
    }

    /** The answer, or its first line if it never ends. By hand, because HTTP clients do not let foreign headers through, and some answers never end. */
    private String answer(String method, String path, String credentials, String body, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.getPort())) {
            socket.setSoTimeout(20_000);
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String request = method + " " + path + " HTTP/1.1\r\nHost: " + origin.getAuthority() + "\r\n" + headers + (credentials.isEmpty() ? "" : credentials + "\r\n")
                    + (headers.contains("Upgrade") ? "" : "Connection: close\r\n")
                    + (content.length == 0 ? "" : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n") + "\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = answer.readLine();
            if (first == null) {
                throw new IOException("no answer to " + method + " " + path);
            }
            StringBuilder all = new StringBuilder(first);
            // To the end, so that the server is not torn off; but of what goes on for ever.
            boolean ends = !path.contains("/default/video") && !path.endsWith("/control");
            for (String line = ends ? answer.readLine() : null; line != null; line = answer.readLine()) {
                all.append('\n').append(line);
            }
            return all.toString();
        }
    }
}
