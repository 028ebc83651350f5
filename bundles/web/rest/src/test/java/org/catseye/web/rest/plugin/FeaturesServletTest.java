package org.catseye.web.rest.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.plugins.Feature;
import org.catseye.plugins.Feature.Obstacle;
import org.catseye.plugins.Feature.Origin;
import org.catseye.plugins.FeatureList;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.Features;
import org.catseye.plugins.PluginPlan.AffectedTarget;
import org.catseye.plugins.ProductBundle;
import org.catseye.plugins.RollBack;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.media.Transfers;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Before;
import org.junit.Test;

/** The requests that are answered on the thread of the web server. */
public class FeaturesServletTest {

    private static final String FEATURES = "/api/v1/features";
    private final Wired wired = new Wired();
    private final Recorder<Features> features = new Recorder<>(Features.class);
    private final FeaturesServlet servlet = new FeaturesServlet(wired.access, new Transfers());
    private final Session ann = wired.access.open("t", "ann");

    @Before
    public void fill() {
        servlet.features = features.service;
        features.answers.put("listFeatures", new FeatureList(List.of(
                new Feature("base", "Base", "", true, Optional.of(Origin.BASE), Optional.of(Obstacle.BASE), List.of()),
                new Feature("vnc", "VNC servers", "Screens.", false, Optional.empty(), Optional.empty(), List.of(new ProductBundle("org.catseye.vnc", "0.2.0", false)))),
                "", Optional.of(new RollBack("vnc", "", Instant.EPOCH, "It does not run."))));
        FeaturePlan plan = new FeaturePlan("p1", Instant.EPOCH, "vnc", "VNC servers", false, List.of(), List.of("Careful."), List.of(), List.of("org.catseye.vnc"),
                List.of(new AffectedTarget("desk", 2)));
        features.answers.put("planSwitch", plan);
        features.answers.put("findPlan", plan);
        features.answers.put("discardPlan", null);
    }

    private FakeExchange send(String method, String path, String body) throws IOException {
        FakeExchange exchange = wired.exchange(method, path, ann);
        if (!body.isEmpty()) {
            exchange.body("application/json", body);
        }
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    private static JsonNode readJson(FakeExchange exchange) throws IOException {
        return ApiServlet.JSON.readTree(exchange.bytes());
    }

    @Test
    public void onlyAdministratorsSeeAndSwitchFeatures() throws Exception {
        for (String method : List.of("GET", "POST")) {
            assertEquals(403, send(method, FEATURES, "").status());
        }
        assertEquals(403, send("POST", FEATURES + "/plans/p1", "").status());
        wired.access.allow(ann, Permission.ADMIN, "*");
        JsonNode all = readJson(send("GET", FEATURES, ""));
        assertEquals("{\"id\":\"base\",\"name\":\"Base\",\"description\":\"\",\"on\":true,\"origin\":\"BASE\",\"obstacle\":\"BASE\",\"bundles\":[]}",
                all.at("/features/0").toString());
        assertTrue(all.at("/features/1/origin").isNull() && all.at("/features/1/obstacle").isNull());
        assertEquals("{\"name\":\"org.catseye.vnc\",\"version\":\"0.2.0\",\"running\":false}", all.at("/features/1/bundles/0").toString());
        assertEquals("{\"feature\":\"vnc\",\"time\":\"1970-01-01T00:00:00Z\",\"reason\":\"It does not run.\"}", all.get("rollBack").toString());
    }

    @Test
    public void theAnswerIs503UntilTheServiceIsThere() throws Exception {
        wired.access.allow(ann, Permission.ADMIN, "*");
        servlet.features = null;
        assertEquals(503, send("GET", FEATURES, "").status());
        assertEquals(503, send("POST", FEATURES, "{\"feature\":\"vnc\",\"on\":true}").status());
        assertEquals(503, send("GET", FEATURES + "/plans/p1", "").status());
    }

    @Test
    public void aPlanIsMadeShownAndDiscarded() throws Exception {
        wired.access.allow(ann, Permission.ADMIN, "*");
        assertEquals(400, send("POST", FEATURES, "{\"feature\":\"vnc\"}").status());
        assertEquals(400, send("POST", FEATURES, "{\"feature\":\"vnc\",\"on\":\"yes\"}").status());
        FakeExchange made = send("POST", FEATURES, "{\"feature\":\"vnc\",\"on\":false}");
        assertEquals(201, made.status());
        JsonNode plan = readJson(made);
        assertEquals(plan, readJson(send("GET", FEATURES + "/plans/p1", "")));
        assertEquals("vnc false true", plan.get("feature").asText() + " " + plan.get("on") + " " + plan.get("applicable"));
        assertEquals("[\"org.catseye.vnc\"] [] [{\"target\":\"desk\",\"viewers\":2}]", plan.get("stops") + " " + plan.get("starts") + " " + plan.get("targets"));
        assertEquals(204, send("DELETE", FEATURES + "/plans/p1", "").status());
        List<String> calls = features.calls.stream().filter(call -> !call.startsWith("find")).map(call -> call.replaceAll("Caller\\[.*\\] ", "")).toList();
        assertEquals(List.of("planSwitch [ann 192.0.2.7] vnc false", "discardPlan p1"), calls);
    }
}
