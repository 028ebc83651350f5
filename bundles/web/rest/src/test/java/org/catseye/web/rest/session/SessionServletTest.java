package org.catseye.web.rest.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.rest.TargetsServlet;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.monitoring.BundleMetrics;
import org.catseye.web.rest.monitoring.CurrentBoard;
import org.catseye.web.rest.monitoring.MetricsServlet;
import org.catseye.web.rest.openapi.ApiDescription;
import org.catseye.web.rest.openapi.OpenApiServlet;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.junit.Test;

public class SessionServletTest {

    private static final String GOOD = "{\"user\":\"ann\",\"password\":\"geheim\\u0021\"}";

    private final Wired wired = new Wired();
    private final SessionServlet servlet = new SessionServlet(wired.access, wired.targets);
    private final SetupServlet setup = new SetupServlet(wired.access, wired.targets);

    private FakeExchange answer(ApiServlet one, FakeExchange exchange) throws IOException {
        one.service(exchange.request(), exchange.response());
        return exchange;
    }

    private static FakeExchange login(String body) {
        return new FakeExchange("POST", Endpoints.SESSION).body("application/json", body);
    }

    @Test
    public void aLoginGivesACookieThatScriptsAndForeignPagesCannotUse() throws IOException {
        FakeExchange exchange = answer(servlet, login(GOOD));
        assertEquals(200, exchange.status());
        assertEquals("catseye-session=token1; Path=/; HttpOnly; SameSite=Strict", exchange.sent("Set-Cookie"));
        assertEquals("{\"user\":\"ann\",\"expires\":\"2030-01-01T00:00:00Z\",\"permissions\":[]}", exchange.text());
        assertEquals(List.of("login ann geheim!  192.0.2.7"), wired.access.calls());
        assertEquals("catseye-session=token2; Path=/; HttpOnly; SameSite=Strict; Secure", answer(servlet, login(GOOD).overTls()).sent("Set-Cookie"));
    }

    @Test
    public void aLoginBelowABasePathEndsTheSessionOfItsOwnCookieOnly() throws IOException {
        Session before = wired.access.open("old", "ann");
        FakeExchange exchange = answer(servlet, login(GOOD).attribute(WebContext.SESSION, before).attribute(WebContext.BASE_PATH, "/kvm").header("Cookie", "catseye-session=old"));
        assertTrue("the cookie of a device at the root", before.valid());
        assertEquals("catseye-session.kvm=token1; Path=/kvm; HttpOnly; SameSite=Strict", exchange.sent("Set-Cookie"));
        answer(servlet, login(GOOD).attribute(WebContext.SESSION, before).attribute(WebContext.BASE_PATH, "/kvm").header("Cookie", "catseye-session.kvm=old"));
        assertFalse(before.valid());
    }

    @Test
    public void theSecondFactorIsHandedOn() throws IOException {
        answer(servlet, login("{\"user\":\"ann\",\"password\":\"geheim\",\"otp\":\"123456\"}"));
        assertEquals(List.of("login ann geheim 123456 192.0.2.7"), wired.access.calls());
    }

    @Test
    public void aLoginOverACookieEndsWhatTheCookieStoodFor() throws IOException {
        Session before = wired.access.open("old", "ann");
        answer(servlet, login(GOOD).attribute(WebContext.SESSION, before).header("Authorization", "Bearer old"));
        assertTrue("a program's token is its own", before.valid());
        answer(servlet, login(GOOD).attribute(WebContext.SESSION, before).header("Cookie", "catseye-session=old").header("Authorization", "Basic Zm9yZWlnbjp4"));
        assertFalse("also beside the password of a proxy", before.valid());
    }

    @Test
    public void refusalsAreToldWithTheirStatus() throws IOException {
        expect(Reason.BAD_CREDENTIALS, 401, 403);
        expect(Reason.NOT_CLAIMED, 409, 409);
        expect(Reason.ALREADY_CLAIMED, 409, 409);
        expect(Reason.WEAK_PASSWORD, 422, 422);
        expect(Reason.UNAVAILABLE, 503, 503);
        wired.access.refuse(new AccessException(Reason.TOO_MANY_ATTEMPTS, "Wait.", Duration.ofMillis(2001)));
        FakeExchange exchange = answer(servlet, login(GOOD));
        assertEquals(429, exchange.status());
        assertEquals("3", exchange.sent("Retry-After"));
        assertEquals("{\"error\":{\"code\":\"too_many_attempts\",\"message\":\"Wait.\"}}", exchange.text());
    }

    private void expect(Reason reason, int atLogin, int atSetup) throws IOException {
        wired.access.claimed(true);
        wired.access.refuse(new AccessException(reason, "No."));
        FakeExchange exchange = answer(servlet, login(GOOD));
        assertEquals(reason.toString(), atLogin, exchange.status());
        assertEquals("", exchange.sent("Set-Cookie"));
        wired.access.claimed(false);
        assertEquals(reason.toString(), atSetup, answer(setup, claim()).status());
    }

    private static FakeExchange claim() {
        return new FakeExchange("POST", Endpoints.SETUP).body("application/json", "{\"token\":\"t\",\"password\":\"geheim\"}");
    }

    @Test
    public void aClaimLogsInAndIsPossibleOnce() throws IOException {
        wired.access.claimed(false);
        FakeExchange exchange = answer(setup, claim());
        assertEquals(200, exchange.status());
        assertTrue(exchange.sent("Set-Cookie").startsWith("catseye-session=token1; Path=/; HttpOnly; SameSite=Strict"));
        assertEquals(List.of("claim t geheim 192.0.2.7"), wired.access.calls());
        wired.access.claimed(true);
        FakeExchange second = answer(setup, claim());
        assertEquals(409, second.status());
        assertEquals("not even asked", 1, wired.access.calls().size());
    }

    @Test
    public void whoIsLoggedInAndWhatHeMayDoIsTold() throws IOException {
        Session session = wired.access.open("t", "ann");
        wired.access.allow(session, Permission.VIEW, "bay2");
        wired.access.allow(session, Permission.ADMIN, "*");
        wired.addHub(1, "bay2", Wired.live(1280));
        FakeExchange exchange = answer(servlet, new FakeExchange("GET", Endpoints.SESSION).attribute(WebContext.SESSION, session));
        assertEquals("{\"user\":\"ann\",\"expires\":\"2030-01-01T00:00:00Z\",\"permissions\":[\"VIEW\",\"ADMIN\"]}", exchange.text());
    }

    @Test
    public void aLogoutEndsTheSessionAndTakesTheCookieBack() throws IOException {
        Session session = wired.access.open("t", "ann");
        FakeExchange exchange = answer(servlet, new FakeExchange("DELETE", Endpoints.SESSION).attribute(WebContext.SESSION, session));
        assertEquals(204, exchange.status());
        assertFalse(session.valid());
        assertEquals("catseye-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", exchange.sent("Set-Cookie"));
    }

    @Test
    public void withoutTheGateNothingIsOpen() throws IOException {
        for (String method : List.of("GET", "DELETE")) {
            assertEquals(401, answer(servlet, new FakeExchange(method, Endpoints.SESSION)).status());
        }
        assertEquals(401, answer(new TargetsServlet(wired.targets), new FakeExchange("GET", Endpoints.TARGETS)).status());
        assertEquals(401, answer(new MetricsServlet(wired.targets, new CurrentBoard(), new BundleMetrics()), new FakeExchange("GET", Endpoints.METRICS)).status());
        assertEquals(401, answer(new OpenApiServlet(new ApiDescription()), new FakeExchange("GET", Endpoints.OPENAPI)).status());
    }

    @Test
    public void otherMethodsAreToldWhatIsServed() throws IOException {
        FakeExchange exchange = answer(servlet, new FakeExchange("PUT", Endpoints.SESSION));
        assertEquals(405, exchange.status());
        assertEquals("DELETE, GET, HEAD, OPTIONS, POST", exchange.sent("Allow"));
        FakeExchange options = answer(setup, new FakeExchange("OPTIONS", Endpoints.SETUP));
        assertEquals(204, options.status());
        assertEquals("OPTIONS, POST", options.sent("Allow"));
        assertEquals(401, answer(servlet, new FakeExchange("HEAD", Endpoints.SESSION)).status());
    }

    @Test
    public void badBodiesAreRefusedWithoutBeingRepeated() throws IOException {
        for (String bad : List.of("", "{", "secret", "[\"secret\"]", "\"secret\"", "{\"user\":\"secret\",\"user\":\"secret\",\"password\":\"secret\"}", GOOD + "secret",
                "{\"user\":\"secret\"}", "{\"user\":7,\"password\":\"secret\"}", "{\"user\":null,\"password\":\"secret\"}", "{\"user\":\"secret\",\"password\":{}}",
                "{\"user\":\"a\",\"password\":\"b\",\"secret\":1}", "{\"user\":\"a\",\"password\":\"b\",\"otp\":123456}", "[".repeat(4000), "{\"user\":\"\\ud800\",\"password\":\"secret")) {
            FakeExchange exchange = answer(servlet, login(bad));
            assertEquals(bad, 400, exchange.status());
            assertTrue(exchange.text(), exchange.text().startsWith("{\"error\":{\"code\":\"bad_"));
            assertFalse(exchange.text(), exchange.text().contains("secret"));
        }
        assertTrue(answer(servlet, login("{\n  \"user\": oops")).text().contains("line 2, column"));
        assertEquals(List.of(), wired.access.calls());
    }

    @Test
    public void largeBodiesAreNotRead() throws IOException {
        String large = "{\"user\":\"" + "x".repeat(20_000) + "\",\"password\":\"y\"}";
        FakeExchange told = answer(servlet, login(large));
        assertEquals(413, told.status());
        assertEquals(0, told.bytesRead());
        FakeExchange untold = answer(servlet, login(large).withoutLength());
        assertEquals(413, untold.status());
        assertTrue(untold.bytesRead() + " bytes", untold.bytesRead() <= JsonBody.MAX_BYTES + 1);
    }

    @Test
    public void onlyJsonInUtf8IsTaken() throws IOException {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/json; charset=utf-16", "")) {
            assertEquals(type, 415, answer(servlet, new FakeExchange("POST", Endpoints.SESSION).body(type, GOOD)).status());
        }
        for (String type : List.of("application/json;charset=UTF-8", "Application/JSON; charset=\"utf-8\"")) {
            assertEquals(type, 200, answer(servlet, new FakeExchange("POST", Endpoints.SESSION).body(type, GOOD)).status());
        }
        assertEquals(415, answer(servlet, new FakeExchange("POST", Endpoints.SESSION)).status());
    }
}
