package org.catseye.web.gate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.catseye.access.AccessException;
import org.catseye.access.Session;
import org.catseye.options.Options;
import org.catseye.testkit.FakeAccess;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.RequestGuard.Client;
import org.catseye.web.WebContext;
import org.catseye.web.gate.config.GateConfig;
import org.catseye.web.gate.forwarded.TrustedProxies;
import org.catseye.web.gate.origin.OwnOrigins;
import org.catseye.web.gate.request.BasicLogins;
import org.junit.Test;

public class GateContextTest {

    private static final String HOST = "192.0.2.1:8080";
    private static final String OURS = "http://" + HOST;
    private static final String COOKIE = "catseye-session=good";
    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "TRACK", "CONNECT", "MADEUP");

    private final FakeAccess access = new FakeAccess();
    private final Session session = access.open("good", "ann");
    private final Session program = access.openApiToken("key", "ann");
    private static final Options OPTIONS = new Options(GateConfig.PID, Map.of());
    private final BasicLogins basicLogins = new BasicLogins(access);
    private final GateContext gate = new GateContext(new GateGuard(access, new OwnOrigins("bay1", OPTIONS), new TrustedProxies(OPTIONS), basicLogins),
            access, basicLogins);

    private FakeExchange ask(String method, String target) {
        return atTheDoor(method, target).header("Host", HOST);
    }

    private static FakeExchange atTheDoor(String method, String target) {
        return new FakeExchange(method, target).attribute(GatePreprocessor.PASSED, true);
    }

    private boolean passes(FakeExchange exchange) throws IOException {
        boolean passes = gate.handleSecurity(exchange.request(), exchange.response());
        assertEquals("refused means answered: " + exchange.status(), !passes, exchange.status() >= 300);
        assertTrue("headers on every response", exchange.sent("Content-Security-Policy").contains("frame-ancestors 'none'"));
        assertEquals("nosniff", exchange.sent("X-Content-Type-Options"));
        assertEquals("no-referrer", exchange.sent("Referrer-Policy"));
        assertEquals("no-store", exchange.sent("Cache-Control"));
        return passes;
    }

    /** Everything a stranger might try: the real paths, and each of them bent. */
    private static Set<String> paths() {
        Set<String> result = new TreeSet<>(List.of("/", "/index.html", "/metrics", "/api", "/api/v1", "/api/v1/targets", "/api/v1/targets/default/video",
                "/api/v1/targets/default/control", "/api/v1/targets/default/snapshot.jpeg", "/api/v1/openapi.json", "/ui/ui/console.js", "/ui/", "/ui",
                "/system/console", "/system/console/bundles", "*", "", "http://192.0.2.1:8080/login", "/new/plug-in/page", "/.env", "/WEB-INF/web.xml"));
        for (String open : List.of("/login", "/setup", "/favicon.ico", "/api/v1/health", "/api/v1/session", "/api/v1/setup", "/ui/public", "/ui/public/theme.css",
                "/redfish", "/redfish/v1", "/redfish/v1/odata", "/redfish/v1/$metadata", "/redfish/v1/SessionService/Sessions", "/redfish/v1/SessionService/Sessions/Members", "/redfish/v1/Systems")) {
            result.addAll(List.of(open, open + "/", open + "/x", open + "x", open + ".js", "/" + open, open.toUpperCase(), "/x" + open, open + ";x", open + "%00",
                    open + "%20", open.replace("/", "/./"), open + "/../metrics", open + "/..%2fmetrics", open + "/%2e%2e/metrics", open + "\\..\\metrics",
                    open + "/..;/metrics", open.replaceFirst("[a-z]", "%" + Integer.toHexString(open.charAt(1))), open + "#", open + "\u0000", open + "\u00e9"));
        }
        result.add("/ui/public/../ui/console.js");
        result.add("/ui/public/%2e%2e/ui/console.js");
        return result;
    }

    @Test
    public void strangersGetTheShortListOfPublicPathsAndNothingElse() throws IOException {
        Set<String> through = new TreeSet<>();
        int tried = 0;
        for (String path : paths()) {
            for (String method : METHODS) {
                for (String accept : List.of("text/html", "*/*")) {
                    tried++;
                    if (passes(ask(method, path).header("Accept", accept))) {
                        through.add(method + " " + path);
                    }
                }
            }
        }
        assertTrue(tried + " tried", tried > 3000);
        assertEquals(new TreeSet<>(List.of("GET /login", "HEAD /login", "GET /setup", "HEAD /setup", "GET /favicon.ico", "HEAD /favicon.ico",
                "GET /api/v1/health", "HEAD /api/v1/health", "POST /api/v1/session", "POST /api/v1/setup", "GET /ui/public/theme.css",
                "HEAD /ui/public/theme.css", "GET /ui/public/theme.css.js", "HEAD /ui/public/theme.css.js", "GET /ui/public/theme.cssx",
                "HEAD /ui/public/theme.cssx", "GET /ui/public/x", "HEAD /ui/public/x", "GET /ui/public/", "HEAD /ui/public/",
                "GET /ui/public/theme.css/", "HEAD /ui/public/theme.css/", "GET /ui/public/theme.css/x", "HEAD /ui/public/theme.css/x", "GET /redfish", "HEAD /redfish", "GET /redfish/", "HEAD /redfish/",
                "GET /redfish/v1", "HEAD /redfish/v1", "GET /redfish/v1/", "HEAD /redfish/v1/", "GET /redfish/v1/odata", "HEAD /redfish/v1/odata",
                "GET /redfish/v1/odata/", "HEAD /redfish/v1/odata/", "GET /redfish/v1/$metadata", "HEAD /redfish/v1/$metadata", "GET /redfish/v1/$metadata/",
                "HEAD /redfish/v1/$metadata/", "POST /redfish/v1/SessionService/Sessions", "POST /redfish/v1/SessionService/Sessions/",
                "POST /redfish/v1/SessionService/Sessions/Members", "POST /redfish/v1/SessionService/Sessions/Members/")), through);
    }

    @Test
    public void strangersAreSentToLoginWithTheirWishInTheFragmentOnly() throws IOException {
        FakeExchange page = ask("GET", "/power?bay=1&x=a+b").header("Accept", "text/html,*/*");
        assertFalse(passes(page));
        assertEquals(302, page.status());
        assertEquals("/login#next=%2Fpower%3Fbay%3D1%26x%3Da%2Bb", page.sent("Location"));
        FakeExchange root = ask("GET", "/").header("Accept", "text/html");
        assertFalse(passes(root));
        assertEquals("/login", root.sent("Location"));
        access.claimed(false);
        FakeExchange fresh = ask("GET", "/").header("Accept", "text/html");
        assertFalse(passes(fresh));
        assertEquals("/setup", fresh.sent("Location"));
    }

    @Test
    public void belowABasePathItsOwnCookieCountsAndItsOwnLoginPageOpens() throws IOException {
        FakeExchange root = ask("GET", "/metrics").header("Cookie", COOKIE).header("Accept", "text/html").attribute(WebContext.BASE_PATH, "/kvm");
        assertFalse("the cookie of a device at the root", passes(root));
        assertEquals("/kvm/login#next=%2Fmetrics", root.sent("Location"));
        assertTrue(passes(ask("GET", "/metrics").header("Cookie", COOKIE.replace("=", ".kvm=") + "; catseye-session=other").attribute(WebContext.BASE_PATH, "/kvm")));
        assertFalse("and the other way round", passes(ask("GET", "/metrics").header("Cookie", COOKIE.replace("=", ".kvm="))));
    }

    @Test
    public void aConnectionOfATrustedProxyBelongsToTheUserOfTheCookieForItsBasePath() {
        Options options = new Options(GateConfig.PID, Map.of("proxies", new String[] {"192.0.2.1"}));
        GateGuard guard = new GateGuard(access, new OwnOrigins("bay1", options), new TrustedProxies(options), basicLogins);
        Map<String, List<String>> headers = Map.of("Cookie", List.of("catseye-session.kvm=good"), "X-Forwarded-Prefix", List.of("/kvm"), "X-Forwarded-For", List.of("203.0.113.9"));
        Function<String, List<String>> all = name -> headers.getOrDefault(name, List.of());
        assertEquals(new Client(Optional.of(session), "203.0.113.9"), guard.identifyClient("192.0.2.1", all));
        assertEquals("not from a proxy", new Client(Optional.empty(), "192.0.2.2"), guard.identifyClient("192.0.2.2", all));
    }

    @Test
    public void whatDidNotComeThroughTheFrontDoorIsNotServed() throws IOException {
        FakeExchange besides = new FakeExchange("GET", "/metrics").header("Host", HOST).header("Authorization", "Bearer key");
        assertFalse(passes(besides));
        assertEquals(503, besides.status());
    }

    @Test
    public void programsGet401InJson() throws IOException {
        for (FakeExchange exchange : List.of(ask("GET", "/"), ask("GET", "/api/v1/targets").header("Accept", "text/html"), ask("DELETE", "/api/v1/session"),
                ask("GET", "/").header("Accept", "text/html").header("Upgrade", "websocket").header("Origin", OURS))) {
            assertFalse(passes(exchange));
            assertEquals(401, exchange.status());
            assertTrue(exchange.text(), exchange.text().startsWith("{\"error\":{\"code\":\"unauthorized\",\"message\":\""));
            assertEquals("application/json", exchange.sent("Content-Type"));
        }
    }

    @Test
    public void aLoginPassesByCookieAndAnApiTokenByBearerAndEachIsHandedOn() throws IOException {
        for (FakeExchange exchange : List.of(ask("GET", "/api/v1/targets").header("Cookie", COOKIE), ask("GET", "/").header("Cookie", "a=b; " + COOKIE + " ; c"),
                ask("GET", "/login").header("Cookie", COOKIE))) {
            assertTrue(passes(exchange));
            assertSame(session, exchange.attribute(WebContext.SESSION));
            assertEquals(true, exchange.attribute(WebContext.PROVED));
        }
        for (FakeExchange exchange : List.of(ask("GET", "/metrics").header("Authorization", "Bearer key"),
                ask("POST", "/x").header("Authorization", "bearer  key"))) {
            assertTrue(passes(exchange));
            assertSame(program, exchange.attribute(WebContext.SESSION));
        }
        FakeExchange stranger = ask("GET", "/login");
        assertTrue(passes(stranger));
        assertNull(stranger.attribute(WebContext.SESSION));
    }

    @Test
    public void anOldProofIsHandedOnAsSuch() throws IOException {
        access.ageProof(session);
        FakeExchange exchange = ask("POST", "/x").header("Cookie", COOKIE).header("Origin", OURS).attribute(WebContext.PROVED, true);
        assertTrue("the gate opens; the servlet decides", passes(exchange));
        assertEquals(false, exchange.attribute(WebContext.PROVED));
        FakeExchange page = ask("GET", "/confirm").header("Accept", "text/html");
        assertFalse("it needs a session", passes(page));
        assertEquals("/login#next=%2Fconfirm", page.sent("Location"));
    }

    @Test
    public void wrongOrAmbiguousTokensAreNone() throws IOException {
        List<FakeExchange> all = new ArrayList<>(List.of(ask("GET", "/metrics").header("Cookie", "catseye-session=bad"),
                ask("GET", "/metrics").header("Cookie", "xcatseye-session=good"), ask("GET", "/metrics").header("Cookie", "catseye-session"),
                ask("GET", "/metrics").header("Cookie", COOKIE + "; catseye-session=other"),
                ask("GET", "/metrics").header("Cookie", COOKIE).header("Cookie", "catseye-session=other"),
                ask("GET", "/metrics").header("Authorization", "Basic good"), ask("GET", "/metrics").header("Authorization", "good"),
                ask("GET", "/metrics").header("Authorization", "Bearer bad").header("Cookie", COOKIE),
                ask("GET", "/metrics").header("Authorization", "Bearer key").header("Authorization", "Bearer key"),
                ask("GET", "/metrics?catseye-session=good&token=good")));
        for (FakeExchange exchange : all) {
            assertFalse(passes(exchange));
            assertEquals(401, exchange.status());
        }
    }

    @Test
    public void anApiTokenIsNoCookieAndALoginIsNoBearerToken() throws IOException {
        for (FakeExchange exchange : List.of(ask("GET", "/metrics").header("Cookie", "catseye-session=key"),
                ask("POST", "/x").header("Cookie", "catseye-session=key").header("Origin", OURS),
                ask("GET", "/metrics").header("Authorization", "Bearer good"), ask("POST", "/x").header("Authorization", "Bearer good"),
                ask("GET", "/metrics").header("Authorization", basic("ann:good")))) {
            assertFalse(passes(exchange));
            assertEquals(401, exchange.status());
            assertNull(exchange.attribute(WebContext.SESSION));
        }
        assertTrue("the password counts beside it", passes(ask("GET", "/metrics").header("Cookie", "catseye-session=key").header("Authorization", basic("x:key"))));
    }

    @Test
    public void aPlayerBringsItsTokenAsAPassword() throws IOException {
        FakeExchange first = ask("GET", "/api/v1/targets/default/video.mjpeg");
        assertFalse(passes(first));
        assertEquals("Basic realm=\"Catseye\", Bearer", first.sent("WWW-Authenticate"));
        assertTrue(passes(ask("GET", "/api/v1/targets/default/video.mjpeg").header("Authorization", basic("anybody:key"))));
        for (String wrong : List.of(basic("key:bad"), basic("key"), basic("anybody:good"), basic(""), "Basic ", "Basic %%%", "Basic")) {
            assertFalse(wrong, passes(ask("GET", "/api/v1/targets/default/video.mjpeg").header("Authorization", wrong)));
        }
    }

    @Test
    public void aCookieCountsBesideThePasswordOfAProxy() throws IOException {
        String foreign = basic("proxy-user:proxy-password");
        assertTrue(passes(ask("GET", "/api/v1/session").header("Authorization", foreign).header("Cookie", COOKIE)));
        assertTrue(passes(ask("GET", "/").header("Accept", "text/html").header("Authorization", foreign).header("Cookie", COOKIE)));
        assertTrue(passes(ask("GET", "/api/v1/targets/default/control").header("Upgrade", "websocket").header("Origin", OURS)
                .header("Authorization", foreign).header("Cookie", COOKIE)));
        assertForbidden(ask("POST", "/x").header("Authorization", foreign).header("Cookie", COOKIE));
        assertForbidden(ask("POST", "/x").header("Authorization", foreign).header("Cookie", COOKIE).header("Origin", "http://evil.example"));
        assertTrue("a player's token counts beside an expired cookie", passes(ask("GET", "/api/v1/targets/default/video.mjpeg")
                .header("Authorization", basic("any:key")).header("Cookie", "catseye-session=old")));
        assertFalse("of two cookies none counts", passes(ask("GET", "/metrics").header("Authorization", foreign).header("Cookie", COOKIE + "; catseye-session=other")));
    }

    @Test
    public void aBrowserIsNotMadeToAskForAPassword() throws IOException {
        for (String header : List.of("Cookie", "Origin", "Sec-Fetch-Mode", "Authorization")) {
            FakeExchange page = ask("GET", "/api/v1/targets/default/video.mjpeg").header(header, header.equals("Origin") ? OURS : "x");
            assertFalse(passes(page));
            assertEquals(header, "Bearer", page.sent("WWW-Authenticate"));
        }
    }

    @Test
    public void aPasswordThatABrowserRemembersChangesNothingWithoutOurOrigin() throws IOException {
        assertFalse(passes(ask("POST", "/api/v1/anything").header("Authorization", basic("ann:key"))));
        assertFalse(passes(ask("GET", "/api/v1/targets/default/control").header("Upgrade", "websocket").header("Authorization", basic("ann:key"))));
        assertTrue(passes(ask("POST", "/api/v1/anything").header("Authorization", basic("ann:key")).header("Origin", OURS)));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void aCookieChangesNothingWithoutOurOrigin() throws IOException {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "MADEUP")) {
            assertTrue(passes(ask(method, "/x").header("Cookie", COOKIE).header("Origin", OURS)));
            assertForbidden(ask(method, "/x").header("Cookie", COOKIE));
            for (String foreign : List.of("http://evil.example", "null", "https://" + HOST, "http://192.0.2.1", OURS + "0")) {
                assertForbidden(ask(method, "/x").header("Cookie", COOKIE).header("Origin", foreign));
            }
            assertForbidden(ask(method, "/x").header("Cookie", COOKIE).header("Origin", OURS).header("Origin", "http://evil.example"));
            assertTrue("a token is no cookie", passes(ask(method, "/x").header("Authorization", "Bearer key")));
            assertTrue(passes(ask(method, "/x").header("Authorization", "Bearer key").header("Origin", "app://tool")));
        }
        assertTrue("over TLS", passes(ask("POST", "/x").overTls().header("Cookie", COOKIE).header("Origin", "https://" + HOST)));
        assertForbidden(ask("POST", "/x").overTls().header("Cookie", COOKIE).header("Origin", OURS));
    }

    @Test
    public void aWebSocketNeedsOurOriginUnlessItBringsAToken() throws IOException {
        String video = "/api/v1/targets/default/video";
        assertTrue(passes(ask("GET", video).header("Upgrade", "websocket").header("Cookie", COOKIE).header("Origin", OURS)));
        assertForbidden(ask("GET", video).header("Upgrade", "websocket").header("Cookie", COOKIE));
        assertForbidden(ask("GET", video).header("Upgrade", "WebSocket").header("Cookie", COOKIE).header("Origin", "http://evil.example"));
        assertTrue(passes(ask("GET", video).header("Upgrade", "websocket").header("Authorization", "Bearer key")));
    }

    @Test
    public void loggingInNeedsNoOriginButAForeignOneIsRefused() throws IOException {
        for (String path : List.of("/api/v1/session", "/api/v1/setup")) {
            assertTrue(passes(ask("POST", path)));
            assertTrue(passes(ask("POST", path).header("Origin", OURS)));
            assertTrue("an old cookie harms not", passes(ask("POST", path).header("Cookie", "catseye-session=old")));
            assertForbidden(ask("POST", path).header("Origin", "http://evil.example"));
        }
    }

    private void assertForbidden(FakeExchange exchange) throws IOException {
        assertFalse(passes(exchange));
        assertEquals(403, exchange.status());
        assertTrue(exchange.text(), exchange.text().contains("\"wrong_origin\""));
        assertNull(exchange.attribute(WebContext.SESSION));
    }

    @Test
    public void aForeignHostNameIsRefusedEvenWithASession() throws IOException {
        FakeExchange rebound = atTheDoor("GET", "/login").header("Host", "evil.example:8080").header("Cookie", COOKIE);
        assertFalse(passes(rebound));
        assertEquals(403, rebound.status());
        assertTrue(rebound.text(), rebound.text().contains("evil.example") && rebound.text().contains("hostNames"));
        for (FakeExchange exchange : List.of(atTheDoor("GET", "/login"), ask("GET", "/login").header("Host", "evil.example"),
                atTheDoor("GET", "/login").header("Host", "a b"))) {
            assertFalse(passes(exchange));
            assertEquals(400, exchange.status());
        }
    }

    @Test
    public void traceIsNotServedAndCraftyPathsAreNoPathsEvenWithASession() throws IOException {
        for (String method : List.of("TRACE", "TRACK", "CONNECT")) {
            FakeExchange exchange = ask(method, "/x").header("Cookie", COOKIE).header("Origin", OURS);
            assertFalse(passes(exchange));
            assertEquals(405, exchange.status());
        }
        for (String path : List.of("/a//b", "/a/../b", "/a/./b", "/a/..", "/a;b", "/a%2Fb", "/a%2e%2e/b", "/a%5cb", "/a%00", "/a%", "/a%4", "/a%zz", "/a\\b",
                "/a%25", "/a%7f", "/a%0a", "a", "", "/" + "a".repeat(2048), "/a b", "/<script>")) {
            FakeExchange exchange = ask("GET", path).header("Cookie", COOKIE);
            assertFalse(path, passes(exchange));
            assertEquals(path, 400, exchange.status());
        }
        for (String path : List.of("/", "/a/b.c", "/a%20b", "/a%C3%A9", "/a..b", "/.well-known/x", "/a/")) {
            assertTrue(path, passes(ask("GET", path).header("Cookie", COOKIE)));
        }
    }

    @Test
    public void whereNothingIsThereIsAnAnswerInJson() throws IOException {
        for (String method : List.of("GET", "POST", "HEAD")) {
            FakeExchange exchange = ask(method, "/nothing");
            new NotFoundServlet().service(exchange.request(), exchange.response());
            assertEquals(404, exchange.status());
            assertEquals("application/json", exchange.sent("Content-Type"));
            assertTrue(exchange.text(), exchange.text().startsWith("{\"error\":{\"code\":\"not_found\""));
        }
    }

    @Test
    public void theContextHasNoFilesOfItsOwn() {
        for (String name : List.of("/", "", "/META-INF/MANIFEST.MF", "OSGI-INF/", "/org/catseye/web/gate/Guard.class")) {
            assertNull(gate.getResource(name));
            assertNull(gate.getResourcePaths(name));
            assertNull(gate.getRealPath(name));
        }
    }

    private static final String SYSTEMS = "/redfish/v1/Systems";

    @Test
    public void theTokenOfARedfishSessionCountsBelowItsPathOnlyAndForLoginsOnly() throws IOException {
        FakeExchange system = ask("GET", SYSTEMS).header("X-Auth-Token", "good");
        assertTrue(passes(system));
        assertEquals(session, system.attribute(WebContext.SESSION));
        assertTrue("no browser sends this header by itself", passes(ask("POST", SYSTEMS).header("X-Auth-Token", "good")));
        assertFalse(passes(ask("GET", "/metrics").header("X-Auth-Token", "good")));
        assertFalse(passes(ask("GET", "/redfishes").header("X-Auth-Token", "good")));
        assertFalse("an API token is sent as Bearer", passes(ask("GET", SYSTEMS).header("X-Auth-Token", "key")));
        assertFalse("two of them", passes(ask("GET", SYSTEMS).header("X-Auth-Token", "good").header("X-Auth-Token", "other")));
        assertFalse("it counts alone", passes(ask("GET", SYSTEMS).header("X-Auth-Token", "wrong").header("Authorization", "Bearer key")));
        assertTrue(passes(ask("GET", SYSTEMS).header("Authorization", "Bearer key")));
    }

    @Test
    public void aPasswordWithEachRedfishRequestIsCheckedOnceInAWhile() throws IOException {
        for (int i = 0; i < 3; i++) {
            FakeExchange system = ask("GET", SYSTEMS).header("Authorization", basic("bob:green:tulips")).from("192.0.2.9");
            assertTrue(passes(system));
            assertEquals("bob", ((Session) system.attribute(WebContext.SESSION)).user());
            assertEquals(true, system.attribute(WebContext.PROVED));
        }
        assertEquals(List.of("login bob green:tulips  192.0.2.9"), access.calls());
        assertTrue("no Origin, as programs have none", passes(ask("POST", SYSTEMS).header("Authorization", basic("bob:green:tulips"))));
        FakeExchange foreign = ask("POST", SYSTEMS).header("Authorization", basic("bob:green:tulips")).header("Origin", "http://evil.example");
        assertFalse(passes(foreign));
        assertEquals(403, foreign.status());
        assertFalse("elsewhere it is no password", passes(ask("GET", "/metrics").header("Authorization", basic("bob:green:tulips"))));
        assertTrue("an API token", passes(ask("GET", SYSTEMS).header("Authorization", basic("any:key"))));
        assertTrue("the service root needs no password", passes(ask("GET", "/redfish/v1/").header("Authorization", basic("bob:wrong"))));
        assertEquals(1, access.calls().size());
        assertEquals("bob", new GateGuard(access, new OwnOrigins("bay1", OPTIONS), new TrustedProxies(OPTIONS), basicLogins)
                .identifyClient("192.0.2.9", name -> name.equals("Authorization") ? List.of(basic("bob:green:tulips")) : List.of()).session().orElseThrow().user());
    }

    @Test
    public void aRefusedPasswordIsARedfishError() throws IOException {
        access.refuse(new AccessException(AccessException.Reason.TOO_MANY_ATTEMPTS, "Wait.", Duration.ofSeconds(7)));
        FakeExchange system = ask("GET", SYSTEMS).header("Authorization", basic("bob:wrong"));
        assertFalse(passes(system));
        assertEquals(429, system.status());
        assertEquals("7", system.sent("Retry-After"));
        assertEquals("4.0", system.sent("OData-Version"));
        assertTrue(system.text(), system.text().contains("\"@Message.ExtendedInfo\"") && system.text().contains("\"Wait.\""));
        access.refuse(new AccessException(AccessException.Reason.OTP_REQUIRED, "A code."));
        FakeExchange secondFactor = ask("GET", SYSTEMS).header("Authorization", basic("bob:right"));
        assertFalse(passes(secondFactor));
        assertEquals(401, secondFactor.status());
        assertTrue(secondFactor.text(), secondFactor.text().contains("API token"));
        FakeExchange browser = ask("GET", SYSTEMS).header("Accept", "text/html").header("Sec-Fetch-Mode", "navigate");
        assertFalse(passes(browser));
        assertEquals("no password prompt in a browser", "401 Bearer", browser.status() + " " + browser.sent("WWW-Authenticate"));
        FakeExchange program = ask("GET", SYSTEMS);
        assertFalse(passes(program));
        assertEquals("Basic realm=\"Catseye\", Bearer", program.sent("WWW-Authenticate"));
        for (String malformed : List.of("Basic", "Basic ", "Basic !!", "Basic " + "eA==")) {
            FakeExchange wrong = ask("GET", SYSTEMS).header("Authorization", malformed);
            assertFalse(passes(wrong));
            assertEquals(malformed, 401, wrong.status());
        }
    }
}
