package org.catseye.web.rest.monitoring;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.board.BoardCondition;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.BoardFigure;
import org.catseye.board.BoardState;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.Endpoints;
import org.junit.Before;
import org.junit.Test;

public class BoardServletTest {

    private static final BoardState STATE = new BoardState(
            List.of(new BoardCondition("temperature", Severity.WARNING, Instant.parse("2026-12-01T12:03:00Z"), "The board is too hot.", "Cool it.", Map.of("celsius", "81"))),
            List.of(new BoardFigure("temperature_celsius", "Temperature.", 81.25)));

    private final Wired wired = new Wired();
    private final CurrentBoard board = new CurrentBoard();
    private final Session viewer = wired.access.open("t", "ann");
    private final Session nobody = wired.access.open("u", "bob");

    @Before
    public void connectTarget() {
        wired.access.allow(viewer, Permission.VIEW, "bay1");
        wired.addHub(1, "bay1", Wired.live(1280));
        board.health = () -> STATE;
    }

    private FakeExchange get(Session session) throws IOException {
        FakeExchange exchange = wired.exchange("GET", Endpoints.BOARD, session);
        new BoardServlet(board, wired.targets).service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void conditionsAndFiguresAreForThoseWhoSeeATarget() throws IOException {
        assertEquals("{\"monitored\":true,\"conditions\":[{\"id\":\"temperature\",\"severity\":\"WARNING\",\"since\":\"2026-12-01T12:03:00Z\","
                + "\"description\":\"The board is too hot.\",\"remedy\":\"Cool it.\",\"details\":{\"celsius\":\"81\"}}],"
                + "\"figures\":{\"temperature_celsius\":81.25}}", get(viewer).text());
        assertEquals(403, get(nobody).status());
        assertEquals(401, get(null).status());
    }

    @Test
    public void withoutTheBundleNothingIsMonitored() throws IOException {
        board.health = null;
        FakeExchange exchange = get(viewer);
        assertEquals(200, exchange.status());
        assertEquals("{\"monitored\":false,\"conditions\":[],\"figures\":{}}", exchange.text());
    }

    private String metrics(Session session) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", Endpoints.METRICS).attribute(WebContext.SESSION, session);
        new MetricsServlet(wired.targets, board, new BundleMetrics()).service(exchange.request(), exchange.response());
        return exchange.text();
    }

    @Test
    public void theMetricsHaveThemToo() throws IOException {
        String text = metrics(viewer);
        assertTrue(text, text.contains("\ncatseye_board_condition{id=\"temperature\",severity=\"WARNING\"} 1\n"));
        assertTrue(text, text.contains("# TYPE catseye_board_temperature_celsius gauge\ncatseye_board_temperature_celsius 81.250\n"));
        assertFalse("for those who see a target", metrics(nobody).contains("catseye_board"));
        board.health = null;
        assertFalse(metrics(viewer).contains("catseye_board"));
    }
}
