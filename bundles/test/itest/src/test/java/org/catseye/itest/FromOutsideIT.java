package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** What people on other machines get, through a proxy on this one that the configuration names. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FromOutsideIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOCKET = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @Inject
    private BundleContext context;
    private Client owner;
    private Wire wire;

    @Configuration
    public Option[] config() throws IOException {
        return Product.configured(Map.of("org.catseye.web.gate", "proxies = [\"127.0.0.1\"]\nstrictTransportDays = 30"), "virtual-target");
    }

    @Before
    public void start() throws Exception {
        owner = new Running(context).client();
        wire = new Wire(owner.origin().getPort());
    }

    private static String from(String chain) {
        return "Host: kvm.local:8080\r\nX-Forwarded-For: " + chain + "\r\n";
    }

    private static String overTls(String chain) {
        return from(chain) + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: kvm.local\r\n";
    }

    private static String login(String user, String password) {
        return "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }

    @Test
    public void withoutTlsPagesAreSentToItAndTheRestIsRefused() throws Exception {
        String there = "https://kvm.local:" + context.getProperty("catseye.https.port");
        for (String page : List.of("/", "/login", "/system/console/bundles?x=1", "/nothing/here")) {
            Wire.Answer answer = wire.ask("GET", page, from("203.0.113.9"), "");
            assertEquals(answer.head(), 308, answer.status());
            assertEquals(there + page, answer.header("Location"));
            assertEquals("", answer.header("Strict-Transport-Security"));
        }
        assertEquals(200, wire.ask("GET", "/api/v1/health", from("203.0.113.9"), "").status());
        String cookie = "Cookie: " + owner.cookie() + "\r\nOrigin: http://kvm.local:8080\r\n";
        assertEquals(403, wire.ask("GET", "/api/v1/targets", from("203.0.113.9") + cookie, "").status());
        assertEquals(403, wire.ask("GET", "/api/v1/targets/default/control", from("203.0.113.9") + cookie + SOCKET, "").status());
        assertEquals(403, wire.ask("POST", "/api/v1/session", from("203.0.113.9"), login("admin", Product.PASSWORD)).status());
        assertEquals(403, wire.ask("POST", "/system/console/bundles", from("203.0.113.9") + cookie, "{}").status());
        assertEquals("a name that is not ours leads nowhere", 403, wire.ask("GET", "/", "Host: evil.example\r\nX-Forwarded-For: 203.0.113.9\r\n", "").status());
        assertEquals("the machine itself", 200, wire.ask("GET", "/api/v1/targets", "Host: localhost\r\nCookie: " + owner.cookie() + "\r\n", "").status());
    }

    @Test
    public void overTlsTheCookieIsSecureAndTheOriginIsTheProxys() throws Exception {
        Wire.Answer in = wire.ask("POST", "/api/v1/session", overTls("203.0.113.9") + "Origin: https://kvm.local\r\n", login("admin", Product.PASSWORD));
        assertEquals(in.body(), 200, in.status());
        assertTrue(in.head(), in.header("Set-Cookie").contains("; Secure"));
        assertEquals("max-age=2592000", in.header("Strict-Transport-Security"));
        String cookie = "Cookie: " + in.header("Set-Cookie").split(";")[0] + "\r\n";
        assertEquals(403, wire.ask("DELETE", "/api/v1/session", overTls("203.0.113.9") + cookie + "Origin: http://kvm.local:8080\r\n", "").status());
        assertEquals(403, wire.ask("DELETE", "/api/v1/session", overTls("203.0.113.9") + cookie + "Origin: https://evil.example\r\n", "").status());
        assertEquals(204, wire.ask("DELETE", "/api/v1/session", overTls("203.0.113.9") + cookie + "Origin: https://kvm.local\r\n", "").status());
    }

    @Test
    public void theOriginHasThePortThatTheProxyReports() throws Exception {
        String proxied = overTls("203.0.113.9") + "X-Forwarded-Port: 8443\r\n";
        assertEquals(403, wire.ask("POST", "/api/v1/session", proxied + "Origin: https://kvm.local\r\n", login("admin", Product.PASSWORD)).status());
        Wire.Answer in = wire.ask("POST", "/api/v1/session", proxied + "Origin: https://kvm.local:8443\r\n", login("admin", Product.PASSWORD));
        assertEquals(in.body(), 200, in.status());
        String cookie = "Cookie: " + in.header("Set-Cookie").split(";")[0] + "\r\nAuthorization: Basic Zm9yZWlnbjp4\r\n";
        assertEquals("beside the proxy's own password", 200, wire.ask("GET", "/api/v1/session", proxied + cookie, "").status());
        assertEquals(204, wire.ask("DELETE", "/api/v1/session", proxied + cookie + "Origin: https://kvm.local:8443\r\n", "").status());
    }

    @Test
    public void theBrakeAndTheAuditLogSeeTheClientAndNotWhatItWroteItself() throws Exception {
        Set<Integer> answers = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            // Another name and another invented address each time.
            Wire.Answer answer = wire.ask("POST", "/api/v1/session", overTls("198.51.100." + i + ", 203.0.113.66"), login("nobody" + i, "wrong wrong wrong"));
            answers.add(answer.status());
        }
        assertEquals("slowed down by its real address", Set.of(401, 429), answers);
        assertEquals("its neighbour is not", 401, wire.ask("POST", "/api/v1/session", overTls("203.0.113.67"), login("somebody", "wrong wrong wrong")).status());
        JsonNode entries = JSON.readTree(owner.send("GET", "/api/v1/audit", "").body());
        Set<String> addresses = new HashSet<>();
        entries.findValues("address").forEach(address -> addresses.add(address.textValue()));
        assertTrue(addresses.toString(), addresses.contains("203.0.113.66") && addresses.contains("203.0.113.67"));
        assertFalse(addresses.toString(), addresses.stream().anyMatch(address -> address.startsWith("198.51.100.")));
    }

    @Test
    public void theWebConsoleSeesTheClientToo() throws Exception {
        Wire.Answer in = wire.ask("POST", "/api/v1/session", overTls("203.0.113.98"), login("admin", Product.PASSWORD));
        assertEquals(in.body(), 200, in.status());
        String cookie = "Cookie: " + in.header("Set-Cookie").split(";")[0] + "\r\n";
        assertEquals(403, wire.ask("POST", "/system/console/bundles/0", overTls("203.0.113.98") + cookie + "Origin: http://kvm.local:8080\r\n", "").status());
        wire.ask("POST", "/system/console/bundles/0", overTls("203.0.113.98") + cookie + "Origin: https://kvm.local\r\n", "");
        Set<String> from = new HashSet<>();
        for (JsonNode entry : JSON.readTree(owner.send("GET", "/api/v1/audit", "").body())) {
            if (entry.get("action").textValue().equals("console.changed")) {
                from.add(entry.get("address").textValue());
            }
        }
        assertEquals(Set.of("203.0.113.98"), from);
    }
}
