package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The Redfish service, with clients of others (sushy, redfishtool, Ansible) and with callers who have different rights. */
public class RedfishIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USERS_PASSWORD = "three odd words";
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions";
    private static final String SYSTEM = "/redfish/v1/Systems/default";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /redfish[^`]*)` \\| ([^|]+) \\|");
    private static final int CLIENT_SECONDS = 120;
    private static final int IMAGE_BYTES = 64 * 1024;

    private static Started product;
    private static Client admin;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeClass
    public static void start() throws Exception {
        product = Started.claimed(Map.of("org.catseye.core.target~other", "id = other\nlabel = Another computer"), "--feature", "virtual-target",
                "--https-port", "0");
        admin = new Client(product.origin()).login(Product.PASSWORD);
        addUser("viewer", "default", "\"VIEW\"");
        addUser("operator", "default", "\"VIEW\",\"POWER\"");
        addUser("reader", "default", "\"VIEW\",\"MEDIA_READ_ONLY\"");
        addUser("media", "default", "\"VIEW\",\"MEDIA\"");
        addUser("blind", "default", "\"POWER\",\"MEDIA\"");
        addUser("elsewhere", "other", "\"VIEW\",\"POWER\",\"MEDIA\"");
    }

    @AfterClass
    public static void stop() {
        product.close();
    }

    private static void addUser(String name, String target, String rights) throws Exception {
        HttpResponse<String> made = admin.send("POST", "/api/v1/users",
                "{\"name\":\"" + name + "\",\"password\":\"" + USERS_PASSWORD + "\",\"roles\":[],\"rights\":{\"" + target + "\":[" + rights + "]}}");
        assertEquals(made.body(), 201, made.statusCode());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> ask(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(product.origin() + path)).timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> logIn(String user, String password) throws IOException, InterruptedException {
        return ask("POST", SESSIONS, "{\"UserName\":\"" + user + "\",\"Password\":\"" + password + "\"}");
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue("it ends", process.waitFor(CLIENT_SECONDS, TimeUnit.SECONDS));
        assertEquals(command.get(0) + ":\n" + printed, 0, process.exitValue());
        return printed;
    }

    private static boolean isInstalled(String path) {
        return Files.exists(Path.of(path));
    }

    private String sushy(String script, String... arguments) throws Exception {
        assumeTrue("sushy is not installed; it is in the Debian package python3-sushy", isInstalled("/usr/lib/python3/dist-packages/sushy"));
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", Path.of(getClass().getResource("/redfish/" + script).toURI()).toString(), product.origin()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static final String POWER_RUN = String.join("\n", "On", "Off", "On", "On", "ManagementController default", "CD: InvalidParameterValueError",
            "once: Base.1.18.PropertyNotWritable Catseye cannot choose what the computer boots from. ");

    @Test
    public void sushySwitchesTheComputerWithASession() throws Exception {
        String printed = sushy("power.py", "operator", USERS_PASSWORD, "session");
        assertTrue(printed, printed.startsWith(POWER_RUN));
    }

    @Test
    public void sushySwitchesTheComputerWithAPasswordInEachRequest() throws Exception {
        String printed = sushy("power.py", "operator", USERS_PASSWORD, "basic");
        assertTrue(printed, printed.startsWith(POWER_RUN));
    }

    @Test
    public void redfishtoolSwitchesTheComputer() throws Exception {
        assumeTrue("redfishtool is not installed; it is in the Debian package of this name", isInstalled("/usr/bin/redfishtool"));
        List<String> start = List.of("/usr/bin/redfishtool", "-r", "127.0.0.1:" + product.port(), "-S", "Never", "-u", "operator", "-p", USERS_PASSWORD);
        for (String[] step : new String[][] {{"ForceOff", "Off"}, {"On", "On"}}) {
            List<String> reset = new ArrayList<>(start);
            reset.addAll(List.of("Systems", "-I", "default", "reset", step[0]));
            run(reset);
            List<String> get = new ArrayList<>(start);
            get.addAll(List.of("-A", "Basic", "Systems", "-I", "default", "get"));
            Running.await("the computer is " + step[1], () -> run(get).contains("\"PowerState\": \"" + step[1] + "\"") ? "" : null);
        }
    }

    @Test
    public void aSessionIsALogin() throws Exception {
        HttpResponse<String> login = logIn("viewer", USERS_PASSWORD);
        assertEquals(login.body(), 201, login.statusCode());
        String token = login.headers().firstValue("X-Auth-Token").orElseThrow();
        String session = login.headers().firstValue("Location").orElseThrow();
        assertEquals(200, ask("GET", SYSTEM, "", "X-Auth-Token", token).statusCode());
        assertEquals("viewer", JSON.readTree(ask("GET", session, "", "X-Auth-Token", token).body()).get("UserName").asText());
        assertEquals("only below /redfish", 401, ask("GET", "/api/v1/session", "", "X-Auth-Token", token).statusCode());
        assertTrue(admin.send("GET", "/api/v1/sessions", "").body().contains(session.substring(session.lastIndexOf('/') + 1)));
        assertEquals(204, ask("DELETE", session, "", "X-Auth-Token", token).statusCode());
        assertEquals(401, ask("GET", SYSTEM, "", "X-Auth-Token", token).statusCode());
    }

    @Test
    public void aPasswordNoLongerCountsOnceItIsChanged() throws Exception {
        addUser("leaving", "default", "\"VIEW\"");
        String credentials = basic("leaving", USERS_PASSWORD);
        for (int i = 0; i < 3; i++) {
            assertEquals(200, ask("GET", SYSTEM, "", "Authorization", credentials).statusCode());
        }
        String audit = admin.send("GET", "/api/v1/audit?limit=200", "").body();
        assertEquals("one login for all", 2, audit.split("\"action\":\"login\",\"user\":\"leaving\"|\"user\":\"leaving\",[^{]*\"action\":\"login\"").length);
        assertEquals(204, admin.send("PUT", "/api/v1/users/leaving/password", "{\"password\":\"three other words\"}").statusCode());
        HttpResponse<String> refused = ask("GET", SYSTEM, "", "Authorization", credentials);
        assertEquals(401, refused.statusCode());
        assertEquals("Base.1.18.NoValidSession", JSON.readTree(refused.body()).at("/error/code").asText());
    }

    @Test
    public void aPageOfAnotherSiteCannotUseThePassword() throws Exception {
        String credentials = basic("operator", USERS_PASSWORD);
        String reset = SYSTEM + "/Actions/ComputerSystem.Reset";
        assertEquals(403, ask("POST", reset, "{}", "Authorization", credentials, "Origin", "http://evil.example").statusCode());
        assertEquals(400, ask("POST", reset, "{}", "Authorization", credentials).statusCode());
        assertEquals(403, ask("POST", reset, "{}", "Cookie", admin.cookie()).statusCode());
    }

    @Test
    public void sushyInsertsAnImageThatIsFetchedAndEjectsIt() throws Exception {
        assumeTrue("there is no library of images in this product", admin.send("GET", "/api/v1/media", "").statusCode() == 200);
        JsonNode drives = JSON.readTree(ask("GET", SYSTEM + "/VirtualMedia", "", "Authorization", basic("admin", Product.PASSWORD)).body());
        assertFalse(drives.toString(), drives.get("Members").isEmpty());
        HttpServer files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/boot.iso", request -> {
            request.sendResponseHeaders(200, IMAGE_BYTES);
            request.getResponseBody().write(new byte[IMAGE_BYTES]);
            request.close();
        });
        files.start();
        try {
            String image = "http://127.0.0.1:" + files.getAddress().getPort() + "/boot.iso";
            assertEquals("at first: False NotConnected\ninserted: True boot.iso " + image + " True\nejected: False None None\n",
                    sushy("media.py", "admin", Product.PASSWORD, image));
            String images = admin.send("GET", "/api/v1/media", "").body();
            assertTrue("what was fetched for a drive does not stay: " + images, images.contains("\"images\":[],"));
            String refused = sushy("media.py", "media", USERS_PASSWORD, image);
            assertTrue("an address of this device: " + refused, refused.contains("refused: 400") || refused.contains("inserted: False"));
        } finally {
            files.stop(0);
        }
        String audit = admin.send("GET", "/api/v1/audit?limit=100", "").body();
        assertTrue(audit, audit.contains("media.attached") && audit.contains("media.ejected") && audit.contains("Redfish"));
    }

    /** A caller's header, and the rights on the target default. */
    private record Caller(String[] header, Set<String> rights) {
    }

    private Map<String, Caller> callers() throws Exception {
        Map<String, Caller> callers = new LinkedHashMap<>();
        Set<String> none = Set.of("none");
        callers.put("anonymous", new Caller(new String[0], none));
        callers.put("wrong token", new Caller(new String[] {"X-Auth-Token", "wrong"}, none));
        HttpResponse<String> login = logIn("admin", Product.PASSWORD);
        String token = login.headers().firstValue("X-Auth-Token").orElseThrow();
        callers.put("login as Bearer", new Caller(new String[] {"Authorization", "Bearer " + token}, none));
        callers.put("admin", new Caller(new String[] {"X-Auth-Token", token}, Set.of("none", "any user", "sessions", "VIEW", "POWER", "MEDIA_READ_ONLY")));
        callers.put("admin with a password", new Caller(new String[] {"Authorization", basic("admin", Product.PASSWORD)}, callers.get("admin").rights()));
        callers.put("viewer", user("viewer", "VIEW"));
        callers.put("operator", user("operator", "VIEW", "POWER"));
        callers.put("reader", user("reader", "VIEW", "MEDIA_READ_ONLY"));
        callers.put("blind", user("blind"));
        callers.put("elsewhere", user("elsewhere"));
        HttpResponse<String> made = admin.send("POST", "/api/v1/tokens",
                "{\"name\":\"redfish\",\"rights\":{\"default\":[\"VIEW\",\"POWER\"]},\"expires\":\"" + Instant.now().plusSeconds(600) + "\"}");
        String key = JSON.readTree(made.body()).get("token").asText();
        Set<String> ofToken = Set.of("none", "any user", "VIEW", "POWER");
        callers.put("API token", new Caller(new String[] {"Authorization", "Bearer " + key}, ofToken));
        callers.put("API token as the password", new Caller(new String[] {"Authorization", basic("any", key)}, ofToken));
        callers.put("API token as a session", new Caller(new String[] {"X-Auth-Token", key}, none));
        return callers;
    }

    private static Caller user(String name, String... rights) {
        List<String> all = new ArrayList<>(List.of("none", "any user", "sessions"));
        all.addAll(Arrays.asList(rights));
        return new Caller(new String[] {"Authorization", basic(name, USERS_PASSWORD)}, Set.copyOf(all));
    }

    @Test
    public void whoGetsInIsWhatThePageSays() throws Exception {
        String page = Files.readString(Path.of("../../../docs/redfish.md"));
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(page).results().forEach(row -> rows.put(row.group(1), row.group(2).strip()));
        assertTrue(rows.toString(), rows.size() > 20);
        List<String> wrong = new ArrayList<>();
        Map<String, Caller> callers = callers();
        for (Map.Entry<String, String> row : rows.entrySet()) {
            for (Map.Entry<String, Caller> caller : callers.entrySet()) {
                compare(row.getKey(), row.getValue(), caller.getKey(), caller.getValue(), wrong);
            }
        }
        assertEquals(rows.size() * callers.size() + " cells", List.of(), wrong);
    }

    private void compare(String endPoint, String need, String name, Caller caller, List<String> wrong) throws Exception {
        String method = endPoint.substring(0, endPoint.indexOf(' '));
        boolean ofTarget = endPoint.contains("/Systems/{id}") || endPoint.contains("/Managers/{id}");
        String path = endPoint.substring(method.length() + 1).replace("{id}", ofTarget ? "default" : "nothing").replace("{drive}", "nothing");
        HttpResponse<String> answer = ask(method, path, method.equals("GET") || method.equals("DELETE") ? "" : "{}", caller.header());
        int status = answer.statusCode();
        String right = endPoint.startsWith("POST /redfish/v1/SessionService") || !endPoint.contains("/Sessions") ? need : "sessions";
        boolean asExpected;
        if (caller.rights().contains(right)) {
            // An unknown id, or an empty body.
            asExpected = Set.of(200, 204, 400, 404).contains(status);
        } else if (!caller.rights().contains("any user")) {
            asExpected = status == 401;
        } else if (ofTarget && !caller.rights().contains("VIEW")) {
            asExpected = status == 404;
        } else {
            asExpected = status == 403 && answer.body().contains(right.equals("sessions") ? "GeneralError" : "InsufficientPrivilege");
        }
        boolean form = status < 400 || answer.body().contains("@Message.ExtendedInfo");
        if (!asExpected || !form || !answer.headers().firstValue("OData-Version").orElse("").equals("4.0")) {
            wrong.add(endPoint + " (" + need + ") by " + name + ": " + status + " " + answer.body());
        }
    }

    @Test
    public void eachLinkLeadsToAResourceOfTheTypeThatItNames() throws Exception {
        List<String> open = new ArrayList<>(List.of("/redfish/v1"));
        Set<String> seen = new TreeSet<>(open);
        String metadata = ask("GET", "/redfish/v1/$metadata", "").body();
        while (!open.isEmpty()) {
            String path = open.remove(0);
            HttpResponse<String> answer = ask("GET", path, "", "Authorization", basic("admin", Product.PASSWORD));
            assertEquals(path, 200, answer.statusCode());
            JsonNode resource = JSON.readTree(answer.body());
            assertEquals(path, resource.get("@odata.id").asText());
            String type = resource.get("@odata.type").asText();
            assertTrue(type, metadata.contains("Namespace=\"" + type.substring(1, type.lastIndexOf('.')) + "\""));
            resource.findValues("@odata.id").stream().map(JsonNode::asText).filter(seen::add).forEach(open::add);
        }
        assertTrue(seen.toString(), seen.containsAll(List.of(SYSTEM, "/redfish/v1/Managers/other", "/redfish/v1/TaskService/Tasks", SESSIONS)));
        assertFalse(seen.toString(), seen.contains("/redfish/v1/"));
    }
}
