package org.catseye.web.rest.monitoring;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Test;

public class AuditServletTest {

    private final Wired wired = new Wired();
    private final Recorder<Audit> audit = new Recorder<>(Audit.class);
    private final ApiServlet servlet = new AuditServlet(audit.service, wired.access);

    private FakeExchange ask(String path, Permission permission, String target) throws IOException {
        Session session = wired.access.open("t", "ann");
        wired.access.allow(session, permission, target);
        FakeExchange exchange = new FakeExchange("GET", path).attribute(WebContext.SESSION, session);
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void entriesAreListedForAdminAndNobodyElse() throws IOException {
        audit.answers.put("newest", List.of(new Audit.Entry(Instant.parse("2026-01-31T12:00:00.25Z"), "login", "ann", "192.0.2.7", Map.of("b", "2", "a", "1"))));
        assertEquals(403, ask("/api/v1/audit", Permission.CONTROL, "*").status());
        assertEquals(List.of(), audit.calls);
        assertEquals("[{\"time\":\"2026-01-31T12:00:00.250Z\",\"action\":\"login\",\"user\":\"ann\",\"address\":\"192.0.2.7\",\"details\":{\"a\":\"1\",\"b\":\"2\"}}]",
                ask("/api/v1/audit", Permission.ADMIN, "*").text());
        assertEquals(200, ask("/api/v1/audit?limit=1000", Permission.ADMIN, "*").status());
        assertEquals(List.of("newest 100", "newest 1000"), audit.calls);
    }

    @Test
    public void aLimitIsANumberWithinBounds() throws IOException {
        for (String query : List.of("limit=0", "limit=1001", "limit=-1", "limit=x", "limit=1&limit=2", "since=1", "")) {
            assertEquals(query, 400, ask("/api/v1/audit?" + query, Permission.ADMIN, "*").status());
        }
        assertEquals(List.of(), audit.calls);
    }
}
