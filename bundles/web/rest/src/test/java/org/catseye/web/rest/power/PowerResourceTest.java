package org.catseye.web.rest.power;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.PowerException;
import org.catseye.power.PowerException.Reason;
import org.catseye.power.PowerHub;
import org.catseye.power.PowerState;
import org.catseye.targets.Target;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.dispatch.Dispatchers;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Test;
import org.osgi.framework.Constants;

public class PowerResourceTest {

    private final Wired wired = new Wired();
    private final Recorder<Audit> audit = new Recorder<>(Audit.class);
    private final PowerResource resource = new PowerResource(audit.service);
    private final Session operator = wired.access.open("t", "ann");
    private final List<PowerAction> performed = new ArrayList<>();
    private Exception failure;

    public PowerResourceTest() {
        wired.access.allow(operator, Permission.POWER, "bay1");
        wired.addHub(1, "bay1", Wired.live(640));
    }

    private void addHub() {
        resource.bindHub(new PowerHub() {
            @Override
            public PowerState currentState() {
                return new PowerState(PowerCondition.ON, "Front panel", "", Optional.of(true), EnumSet.of(PowerAction.RESET, PowerAction.PRESS), Optional.empty());
            }

            @Override
            public PowerState readState() {
                return currentState();
            }

            @Override
            public void performAction(PowerAction action) throws PowerException {
                if (failure instanceof PowerException refused) {
                    throw refused;
                }
                if (failure instanceof RuntimeException defect) {
                    throw defect;
                }
                performed.add(action);
            }
        }, Map.of(Target.ID, "bay1", Constants.SERVICE_ID, 1L));
    }

    private FakeExchange ask(String method, String body) throws IOException {
        FakeExchange exchange = wired.exchange(method, "/api/v1/targets/bay1/power", operator);
        if (!body.isEmpty()) {
            exchange.body("application/json", body);
        }
        Dispatchers.withResource(wired, "power", resource).service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void theStateNamesWhatCanBeDone() throws IOException {
        addHub();
        JsonNode state = ApiServlet.JSON.readTree(ask("GET", "").text());
        assertEquals("{\"state\":\"ON\",\"source\":\"Front panel\",\"reason\":\"\",\"diskActive\":true,\"running\":\"\",\"actions\":[\"press\",\"reset\"]}", state.toString());
    }

    @Test
    public void withoutAPowerControlTheStateIsUnknown() throws IOException {
        JsonNode state = ApiServlet.JSON.readTree(ask("GET", "").text());
        assertEquals("UNKNOWN", state.get("state").textValue());
        assertEquals(0, state.get("actions").size());
        assertTrue(state.get("diskActive").isNull());
        FakeExchange refused = ask("POST", "{\"action\":\"reset\"}");
        assertEquals(409, refused.status());
        assertTrue(refused.text(), refused.text().contains("unsupported_action"));
    }

    @Test
    public void anActionIsPerformedAndRecorded() throws IOException {
        addHub();
        FakeExchange done = ask("POST", "{\"action\":\"reset\"}");
        assertEquals(done.text(), 200, done.status());
        assertEquals(List.of(PowerAction.RESET), performed);
        assertEquals(1, audit.calls.size());
        for (String part : List.of("power.action", "ann", "target=bay1", "tried=reset", "result=done")) {
            assertTrue(audit.calls.toString(), audit.calls.get(0).contains(part));
        }
    }

    @Test
    public void aWrongBodyIsRefusedAndNothingHappens() throws IOException {
        addHub();
        for (String body : List.of("{}", "{\"action\":\"explode\"}", "{\"action\":\"RESET\"}", "{\"action\":1}", "{\"action\":\"reset\",\"now\":true}", "[]", "reset")) {
            assertEquals(body, 400, ask("POST", body).status());
        }
        assertTrue(ask("POST", "{\"action\":\"explode\"}").text().contains("press, hold, reset, wake, on, off, cycle"));
        assertEquals(List.of(), performed);
    }

    @Test
    public void eachFailureHasItsStatusAndIsRecorded() throws IOException {
        addHub();
        Map<Reason, Integer> statuses = Map.of(Reason.UNSUPPORTED, 409, Reason.BUSY, 409, Reason.TOO_OFTEN, 429, Reason.FAILED, 502);
        assertEquals(Set.of(Reason.values()), statuses.keySet());
        for (var status : statuses.entrySet()) {
            failure = new PowerException(status.getKey(), "The reason.", null, Duration.ofSeconds(7));
            FakeExchange refused = ask("POST", "{\"action\":\"press\"}");
            assertEquals((int) status.getValue(), refused.status());
            assertTrue(refused.text().contains("The reason."));
            assertEquals(status.getKey() == Reason.TOO_OFTEN ? "7" : "", refused.sent("Retry-After"));
        }
        assertEquals(4, audit.calls.stream().filter(call -> call.contains("result=The reason.")).count());
    }

    @Test
    public void defectIsNotRecordedAsDone() throws IOException {
        addHub();
        failure = new IllegalStateException("a defect");
        assertEquals(500, ask("POST", "{\"action\":\"press\"}").status());
        assertTrue(audit.calls.toString(), audit.calls.size() == 1 && audit.calls.get(0).contains("result=failed"));
    }
}
