package org.catseye.web.rest.session;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.Permission;
import org.catseye.access.SessionAdministration;
import org.catseye.access.SessionAdministration.Opened;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Test;

public class SessionsServletTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.5Z");
    private static final String TIMES = "\"created\":\"2026-01-31T12:00:00Z\",\"used\":\"2026-01-31T12:00:00Z\",\"expires\":\"2026-01-31T12:00:00Z\",\"address\":\"192.0.2.7\"";

    private final Wired wired = new Wired();
    private final Recorder<SessionAdministration> sessions = new Recorder<>(SessionAdministration.class);
    private final ApiServlet servlet = new SessionsServlet(sessions.service);
    private final ApiServlet tokens = new TokensServlet(sessions.service);

    private FakeExchange ask(ApiServlet one, String method, String path, String body) throws IOException {
        FakeExchange exchange = wired.exchange(method, path, wired.access.open("t", "ann"));
        if (!body.isEmpty()) {
            exchange.body("application/json", body);
        }
        one.service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void sessionsAreListedAndEnded() throws IOException {
        sessions.answers.put("sessions", List.of(new Opened("abc", "ann", "", Map.of(), NOON, NOON, NOON, "192.0.2.7", true, "file")));
        assertEquals("[{\"id\":\"abc\",\"user\":\"ann\"," + TIMES + ",\"current\":true}]", ask(servlet, "GET", "/api/v1/sessions", "").text());
        assertEquals(204, ask(servlet, "DELETE", "/api/v1/sessions/abc", "").status());
        assertEquals(List.of("sessions [ann 192.0.2.7]", "endSession [ann 192.0.2.7] abc"), sessions.calls);
    }

    @Test
    public void tokensAreListedAndRevoked() throws IOException {
        sessions.answers.put("tokens", List.of(new Opened("abc", "ann", "backup", Map.of("*", Set.of(Permission.VIEW)), NOON, NOON, NOON, "192.0.2.7", false, "file")));
        assertEquals("[{\"id\":\"abc\",\"user\":\"ann\"," + TIMES + ",\"name\":\"backup\",\"rights\":{\"*\":[\"VIEW\"]}}]", ask(tokens, "GET", "/api/v1/tokens", "").text());
        assertEquals(204, ask(tokens, "DELETE", "/api/v1/tokens/abc", "").status());
        assertEquals(List.of("tokens [ann 192.0.2.7]", "revokeToken [ann 192.0.2.7] abc"), sessions.calls);
    }

    @Test
    public void aTokenIsShownOnceWhenItIsMadeAndIsNoCookie() throws IOException {
        sessions.answers.put("createToken", new Login(wired.access.open("x", "ann"), "geheim"));
        FakeExchange exchange = ask(tokens, "POST", "/api/v1/tokens", "{\"name\":\"backup\",\"rights\":{\"*\":[\"VIEW\"]},\"expires\":\"2030-01-01T00:00:00Z\"}");
        assertEquals(201, exchange.status());
        assertEquals("{\"token\":\"geheim\",\"expires\":\"2030-01-01T00:00:00Z\"}", exchange.text());
        assertEquals("", exchange.sent("Set-Cookie"));
        assertEquals(List.of("createToken [ann 192.0.2.7] backup {*=[VIEW]} 2030-01-01T00:00:00Z"), sessions.calls);
    }

    @Test
    public void aTokenNeedsAnEnd() throws IOException {
        for (String bad : List.of("\"\"", "\"tomorrow\"", "7", "null")) {
            assertEquals(bad, 400, ask(tokens, "POST", "/api/v1/tokens", "{\"name\":\"backup\",\"rights\":{},\"expires\":" + bad + "}").status());
        }
        assertEquals(List.of(), sessions.calls);
    }
}
