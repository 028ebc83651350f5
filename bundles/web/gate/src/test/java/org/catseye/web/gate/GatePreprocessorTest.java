package org.catseye.web.gate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.catseye.options.Options;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.gate.config.GateConfig;
import org.catseye.web.gate.forwarded.ForwardedRequest;
import org.junit.Test;

public class GatePreprocessorTest {

    private static final String PROXY = "192.0.2.1";
    private static final String CLIENT = "203.0.113.9";
    private static final String[] HOST_NAMES = {"kvm.example.org"};

    private HttpServletRequest through;

    private static GatePreprocessor door(OptionalInt securePort, Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(config);
        all.put("hostNames", HOST_NAMES);
        return new GatePreprocessor(new Options(GateConfig.PID, all), "bay1", securePort);
    }

    private static final GatePreprocessor DEVICE = door(OptionalInt.of(8443), Map.of());

    private static FakeExchange ask(String method, String target) {
        return new FakeExchange(method, target).header("Host", "bay1:8080").from(CLIENT);
    }

    private boolean passes(GatePreprocessor door, FakeExchange exchange) throws Exception {
        through = null;
        door.doFilter(exchange.request(), exchange.response(), (request, response) -> through = (HttpServletRequest) request);
        assertEquals("passed means marked", through != null, exchange.attribute(GatePreprocessor.PASSED) != null);
        return through != null;
    }

    @Test
    public void aPageIsSentToTlsForGoodButNotForEverSoThatThePortMayChange() throws Exception {
        for (String target : List.of("/", "/login", "/ui/public/theme.css", "/metrics", "/system/console/bundles?a=b&c=%20", "/?next=//evil.example")) {
            FakeExchange page = ask("GET", target);
            assertFalse(passes(DEVICE, page));
            assertEquals(308, page.status());
            assertEquals("https://bay1:8443" + target, page.sent("Location"));
            assertEquals("no-store", page.sent("Cache-Control"));
        }
        FakeExchange usual = ask("HEAD", "/");
        assertFalse(passes(door(OptionalInt.of(443), Map.of()), usual));
        assertEquals("https://bay1/", usual.sent("Location"));
    }

    @Test
    public void theRedirectLeadsToNamesOfThisDeviceOnly() throws Exception {
        Map<String, String> places = Map.of("192.0.2.5", "https://192.0.2.5:8443/", "[2001:db8::5]:80", "https://[2001:db8::5]:8443/",
                "BAY1.", "https://bay1:8443/", "bay1.local:99", "https://bay1.local:8443/", "kvm.example.org", "https://kvm.example.org:8443/");
        for (String host : places.keySet()) {
            FakeExchange page = new FakeExchange("GET", "/").header("Host", host).from(CLIENT);
            assertFalse(passes(DEVICE, page));
            assertEquals(places.get(host), page.sent("Location"));
        }
        for (String host : List.of("evil.example", "evil.example:8080", "bay1@evil.example", "bay1/evil.example", "bay1#", "bay1\\evil", "bay1:8080:1", "", " ", "bay1:99999",
                "bay1.evil.example", "kvm.example.org.evil.example", "[::1]evil", "%62ay1", "bay1\r\nX: y")) {
            FakeExchange page = new FakeExchange("GET", "/").header("Host", host).from(CLIENT);
            assertFalse(host, passes(DEVICE, page));
            assertTrue(host + page.status(), page.status() == 400 || page.status() == 403);
            assertEquals(host, "", page.sent("Location"));
        }
        FakeExchange two = ask("GET", "/").header("Host", "evil.example");
        assertFalse(passes(DEVICE, two));
        assertEquals(400, two.status());
    }

    @Test
    public void whatCarriesSecretsOrIsNoPageIsRefusedInsteadOfSentOn() throws Exception {
        for (FakeExchange exchange : List.of(ask("POST", "/api/v1/session"), ask("GET", "/api/v1/targets"), ask("POST", "/login"), ask("DELETE", "/x"), ask("OPTIONS", "/"),
                ask("GET", "/metrics").header("Authorization", "Bearer x"), ask("GET", "/api/v1/targets/default/video").header("Upgrade", "websocket"),
                ask("GET", "/api/v1/health?x"), ask("POST", "/api/v1/health"), ask("GET", "/a/../api/v1/targets"), ask("GET", "//evil.example/"), ask("GET", "/x?\u00e9"), ask("GET", "/x?a b"))) {
            assertFalse(passes(DEVICE, exchange));
            assertEquals(403, exchange.status());
            assertEquals("", exchange.sent("Location"));
            assertTrue(exchange.text(), exchange.text().contains("\"tls_required\"") && exchange.text().contains("https://bay1:8443"));
            assertTrue(exchange.sent("Content-Security-Policy").contains("frame-ancestors 'none'"));
        }
    }

    @Test
    public void healthIsServedToAllAndEverythingToTheMachineItself() throws Exception {
        assertTrue(passes(DEVICE, ask("GET", "/api/v1/health")));
        for (String own : List.of("127.0.0.1", "127.3.2.1", "::1", "[0:0:0:0:0:0:0:1]")) {
            assertTrue(own, passes(DEVICE, ask("POST", "/api/v1/session").from(own)));
        }
        for (String other : List.of("128.0.0.1", "localhost", "", "::2", "127.0.0.1.evil.example")) {
            assertFalse(other, passes(DEVICE, ask("POST", "/api/v1/session").from(other)));
        }
        assertTrue("over TLS", passes(DEVICE, ask("POST", "/api/v1/session").overTls()));
        assertTrue("no TLS, no detour", passes(door(OptionalInt.empty(), Map.of()), ask("POST", "/api/v1/session")));
    }

    @Test
    public void aStrangerCannotTalkHimselfThroughWithHeaders() throws Exception {
        assertFalse(passes(DEVICE, ask("POST", "/api/v1/session").header("X-Forwarded-For", "127.0.0.1").header("X-Forwarded-Proto", "https")
                .header("Forwarded", "for=127.0.0.1;proto=https").header("X-Real-IP", "127.0.0.1").header("X-Forwarded-Ssl", "on").header("Front-End-Https", "on")));
        FakeExchange open = ask("GET", "/login").header("X-Forwarded-For", "10.1.1.1").header("X-Forwarded-Host", "evil.example");
        assertTrue(passes(door(OptionalInt.empty(), Map.of()), open));
        assertEquals(CLIENT, through.getRemoteAddr());
        assertEquals("bay1:8080", through.getHeader("Host"));
        assertFalse("not even through a proxy", passes(door(OptionalInt.of(8443), Map.of("proxies", new String[] {PROXY})),
                ask("POST", "/api/v1/session").from(PROXY).header("X-Forwarded-For", "127.0.0.1, " + CLIENT)));
    }

    @Test
    public void whatAProxyWritesMakesNobodyTheMachineItself() throws Exception {
        GatePreprocessor wide = door(OptionalInt.of(8443), Map.of("proxies", new String[] {"203.0.113.0/24", "127.0.0.1"}));
        for (String claim : List.of("127.0.0.1", "::1", "::ffff:127.0.0.1", "127.0.0.1, 203.0.113.5")) {
            assertFalse(claim, passes(wide, ask("POST", "/api/v1/session").header("X-Forwarded-For", claim)));
        }
        assertFalse("the proxy on this machine asks for others", passes(wide, ask("POST", "/api/v1/session").from("127.0.0.1").header("X-Forwarded-For", CLIENT)));
        assertTrue("but it may ask for itself", passes(wide, ask("POST", "/api/v1/session").from("127.0.0.1")));
    }

    @Test
    public void whoComesOverAProxyOnThisMachineIsNotTheMachineForWritingNonsense() throws Exception {
        Map<String, Object> own = Map.of("proxies", new String[] {"127.0.0.1"}, "proxyHeader", "Forwarded");
        for (String header : List.of("for=\"x, for=" + CLIENT + ";proto=http", "for=\"x", "", "for=unknown", "for=_hidden;proto=http", "for=_y, for=127.0.0.1")) {
            FakeExchange login = ask("POST", "/api/v1/session").from("127.0.0.1").header("Forwarded", header);
            assertFalse(header, passes(door(OptionalInt.of(8443), own), login));
            assertTrue(login.text(), login.status() == 403 && login.text().contains("\"tls_required\""));
        }
        assertTrue("the proxy knows that this machine asks", passes(door(OptionalInt.of(8443), own), ask("POST", "/api/v1/session").from("127.0.0.1").header("Forwarded", "for=\"[::1]:99\"")));
        assertFalse("a proxy that nobody has configured", passes(DEVICE, ask("POST", "/api/v1/session").from("127.0.0.1").header("X-Forwarded-For", CLIENT)));
        assertFalse("or that writes the other header", passes(door(OptionalInt.of(8443), own), ask("POST", "/api/v1/session").from("127.0.0.1").header("X-Forwarded-For", CLIENT)));
    }

    @Test
    public void behindAProxyEverybodySeesTheClientAndWhatTheClientAsked() throws Exception {
        GatePreprocessor door = door(OptionalInt.of(8443), Map.of("proxies", new String[] {PROXY}));
        FakeExchange exchange = new FakeExchange("POST", "/api/v1/session").from(PROXY).header("Host", "10.0.0.7:8080").header("X-Forwarded-For", CLIENT)
                .header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "kvm.example.org");
        assertTrue(passes(door, exchange));
        assertEquals(CLIENT, through.getRemoteAddr());
        assertEquals(CLIENT, through.getRemoteHost());
        assertTrue(through.isSecure());
        assertEquals("https", through.getScheme());
        assertEquals("kvm.example.org", through.getServerName());
        assertEquals(443, through.getServerPort());
        assertEquals("https://kvm.example.org/api/v1/session", through.getRequestURL().toString());
        assertEquals("kvm.example.org", through.getHeader("host"));
        assertEquals(List.of("kvm.example.org"), Collections.list(through.getHeaders("HOST")));
        assertEquals(CLIENT, through.getHeader("X-Forwarded-For"));
    }

    @Test
    public void aProxyThatDoesTlsIsWhereItsClientsAreSentTo() throws Exception {
        GatePreprocessor door = door(OptionalInt.of(8443), Map.of("proxies", new String[] {PROXY}, "origins", new String[] {"https://kvm.example.org:444"}));
        FakeExchange page = new FakeExchange("GET", "/login").from(PROXY).header("Host", "kvm.example.org").header("X-Forwarded-For", CLIENT).header("X-Forwarded-Proto", "http");
        assertFalse(passes(door, page));
        assertEquals("https://kvm.example.org:444/login", page.sent("Location"));
        FakeExchange foreign = new FakeExchange("GET", "/login").from(PROXY).header("Host", "bay1").header("X-Forwarded-For", CLIENT).header("X-Forwarded-Proto", "http")
                .header("X-Forwarded-Host", "evil.example");
        assertFalse("a proxy passes on what its client wrote", passes(door, foreign));
        assertEquals(403, foreign.status());
        assertEquals("", foreign.sent("Location"));
    }

    @Test
    public void browsersAreHeldToTlsOnlyWhenTheConfigurationSaysSoAndOnlyOverTls() throws Exception {
        GatePreprocessor strict = door(OptionalInt.of(8443), Map.of("strictTransportDays", 30));
        FakeExchange over = ask("GET", "/login").overTls();
        assertTrue(passes(strict, over));
        assertEquals("max-age=2592000", over.sent("Strict-Transport-Security"));
        FakeExchange plain = ask("GET", "/login");
        assertFalse(passes(strict, plain));
        assertEquals("", plain.sent("Strict-Transport-Security"));
        for (Object days : List.of(0, -1, 731, "abc")) {
            FakeExchange exchange = ask("GET", "/login").overTls();
            assertTrue(passes(door(OptionalInt.of(8443), Map.of("strictTransportDays", days)), exchange));
            assertEquals("", exchange.sent("Strict-Transport-Security"));
        }
    }

    @Test
    public void theReportedPortIsAddedToAHostWithoutOne() throws Exception {
        GatePreprocessor door = door(OptionalInt.empty(), Map.of("proxies", new String[] {PROXY}));
        assertEquals("kvm.example.org:8443", hostBehindProxy(door, "10.0.0.7", "X-Forwarded-Host", "kvm.example.org", "X-Forwarded-Port", "8443"));
        assertEquals(8443, through.getServerPort());
        assertEquals("https://kvm.example.org:8443/login", through.getRequestURL().toString());
        assertEquals("the host's own port counts", "kvm.example.org:9000", hostBehindProxy(door, "10.0.0.7", "X-Forwarded-Host", "kvm.example.org:9000", "X-Forwarded-Port", "8443"));
        assertEquals("also without X-Forwarded-Host", "kvm.example.org:8443", hostBehindProxy(door, "kvm.example.org", "X-Forwarded-Port", "8443"));
        assertEquals("kvm.example.org", hostBehindProxy(door, "kvm.example.org", "X-Forwarded-Port", "x"));
        assertEquals("no host becomes valid by it", "a b", hostBehindProxy(door, "a b", "X-Forwarded-Port", "8443"));
        FakeExchange twoHosts = new FakeExchange("GET", "/login").from(PROXY).header("Host", "a").header("Host", "b").header("X-Forwarded-Port", "8443");
        assertTrue(passes(door, twoHosts));
        assertEquals("still two, which the guard refuses", List.of("a", "b"), Collections.list(through.getHeaders("Host")));
        assertTrue(passes(door, ask("GET", "/login").header("X-Forwarded-Port", "8443")));
        assertEquals("from a client, not from a proxy", "bay1:8080", through.getHeader("Host"));
    }

    @Test
    public void theBasePathOfAProxyIsPassedOnBesideThePath() throws Exception {
        GatePreprocessor door = door(OptionalInt.empty(), Map.of("proxies", new String[] {PROXY}));
        FakeExchange exchange = ask("GET", "/login").from(PROXY).header("X-Forwarded-Prefix", "/kvm");
        assertTrue(passes(door, exchange));
        assertEquals("/kvm", exchange.attribute(WebContext.BASE_PATH));
        assertEquals("/login", through.getRequestURI());
        FakeExchange forged = ask("GET", "/login").header("X-Forwarded-Prefix", "/kvm").header("X-Forwarded-For", PROXY);
        assertTrue("not from a proxy", passes(door, forged));
        assertEquals("", forged.attribute(WebContext.BASE_PATH));
        FakeExchange useless = ask("GET", "/login").header("X-Forwarded-Prefix", "/../");
        assertTrue("ignored, so not even refused", passes(door, useless));
        for (String wrong : List.of("/kvm/", "//evil.example", "/kvm, /x", "/login")) {
            FakeExchange refused = ask("GET", "/login").from(PROXY).header("X-Forwarded-Prefix", wrong);
            assertFalse(wrong, passes(door, refused));
            assertEquals(wrong, 400, refused.status());
            assertTrue(refused.text(), refused.text().contains("\"bad_prefix\""));
            assertTrue(refused.sent("Content-Security-Policy").contains("frame-ancestors 'none'"));
        }
    }

    @Test
    public void theAddressOverTlsHasTheBasePathOnlyAtTheProxy() throws Exception {
        Map<String, Object> proxied = Map.of("proxies", new String[] {PROXY}, "origins", new String[] {"https://kvm.example.org"});
        for (String host : List.of("kvm.example.org", "bay1")) {
            FakeExchange page = new FakeExchange("GET", "/login").from(PROXY).header("Host", host).header("X-Forwarded-For", CLIENT).header("X-Forwarded-Prefix", "/kvm");
            assertFalse(passes(door(OptionalInt.of(8443), proxied), page));
            assertEquals(host.equals("bay1") ? "https://bay1:8443/login" : "https://kvm.example.org/kvm/login", page.sent("Location"));
        }
    }

    private String hostBehindProxy(GatePreprocessor door, String host, String... headers) throws Exception {
        FakeExchange exchange = new FakeExchange("GET", "/login").from(PROXY).header("Host", host).header("X-Forwarded-For", CLIENT).header("X-Forwarded-Proto", "https");
        for (int i = 0; i < headers.length; i += 2) {
            exchange.header(headers[i], headers[i + 1]);
        }
        assertTrue(passes(door, exchange));
        return through.getHeader("Host");
    }

    @Test
    public void aServletThatFailsWithoutWordsIsGivenSome() throws Exception {
        Map<Throwable, Integer> faults = Map.of(new IllegalStateException("secret of the house"), 500,
                new ServletException("save", new IOException("No space left on device")), 507);
        for (Throwable fault : faults.keySet()) {
            FakeExchange exchange = ask("POST", "/system/console/configMgr/x").overTls();
            DEVICE.doFilter(exchange.request(), exchange.response(), (request, response) -> {
                request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, fault);
                ((HttpServletResponse) response).sendError(500);
            });
            assertEquals(faults.get(fault).intValue(), exchange.status());
            assertTrue(exchange.text(), exchange.text().startsWith("{\"error\":{\"code\":\"" + (exchange.status() == 507 ? "disk_full" : "failed") + "\""));
            assertFalse(exchange.text(), exchange.text().contains("secret of the house"));
        }
        FakeExchange theirs = ask("GET", "/x").overTls();
        DEVICE.doFilter(theirs.request(), theirs.response(), (request, response) -> ((HttpServletResponse) response).sendError(404));
        assertEquals("what is the client's fault is left alone", "404 ", theirs.status() + " " + theirs.text());
    }

    @Test
    public void whatAServletRefusesInWordsReachesWhoAsked() throws Exception {
        String words = "org.example: width is '<b>'; it has to be a number";
        FakeExchange dialog = ask("POST", "/system/console/configMgr/x").header("X-Requested-With", "XMLHttpRequest").overTls();
        DEVICE.doFilter(dialog.request(), dialog.response(), (request, response) -> ((HttpServletResponse) response).sendError(400, words));
        assertEquals("it goes into a dialog as HTML", "400 org.example: width is &#39;&lt;b&gt;&#39;; it has to be a number", dialog.status() + " " + dialog.text());
        FakeExchange program = ask("POST", "/system/console/configMgr/x").overTls();
        DEVICE.doFilter(program.request(), program.response(), (request, response) -> ((HttpServletResponse) response).sendError(400, words));
        assertEquals("400 {\"error\":{\"code\":\"refused\",\"message\":\"" + words + "\"}}", program.status() + " " + program.text());
        FakeExchange person = ask("GET", "/system/console/nothing").header("Accept", "text/html").overTls();
        DEVICE.doFilter(person.request(), person.response(), (request, response) -> ((HttpServletResponse) response).sendError(404));
        assertTrue(person.text(), person.status() == 404 && person.text().contains("<h1 data-status=\"404\">Page not found</h1>"));
        FakeExchange known = ask("GET", "/system/console/res/x").header("Accept", "text/html").overTls();
        DEVICE.doFilter(known.request(), known.response(), (request, response) -> ((HttpServletResponse) response).sendError(304));
        assertEquals("no fault", "304 ", known.status() + " " + known.text());
    }

    @Test
    public void aRequestWithoutAProxyIsHandedOnAsItIs() throws Exception {
        FakeExchange exchange = ask("GET", "/login").overTls();
        assertTrue(passes(DEVICE, exchange));
        assertFalse(through instanceof ForwardedRequest);
    }
}
