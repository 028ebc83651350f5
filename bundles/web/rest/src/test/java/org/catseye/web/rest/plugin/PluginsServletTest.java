package org.catseye.web.rest.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.plugins.Plugin;
import org.catseye.plugins.PluginDescription;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginPart;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginPlan.AffectedTarget;
import org.catseye.plugins.PluginPlan.Concern;
import org.catseye.plugins.PluginPlan.ConcernKind;
import org.catseye.plugins.PluginState;
import org.catseye.plugins.Plugins;
import org.catseye.plugins.ProductBundle;
import org.catseye.plugins.RollBack;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.ExceededLimit;
import org.catseye.plugins.health.HealthCondition;
import org.catseye.plugins.health.HealthFigure;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.media.Transfers;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Before;
import org.junit.Test;

/** The requests that are answered on the thread of the web server. */
public class PluginsServletTest {

    private static final PluginDescription DESCRIPTION = new PluginDescription("com.example", "Example", "1.0.0", "Ann", "", Optional.empty(),
            new Signature(Signature.Kind.TRUSTED, new Identity("CN=Ann", "aa"), new Identity("CN=Example", "bb"), "", ""));
    private final Wired wired = new Wired();
    private final Recorder<Plugins> plugins = new Recorder<>(Plugins.class);
    private final PluginsServlet servlet = new PluginsServlet(wired.access, new Transfers());
    private final Session ann = wired.access.open("t", "ann");

    @Before
    public void fill() {
        servlet.plugins = plugins.service;
        plugins.answers.put("listPlugins", List.of(new Plugin(DESCRIPTION, "example.jar", Instant.EPOCH, PluginState.WAITING, "It waits.", true,
                List.of(new PluginPart(PluginPart.Kind.VIDEO, "Grabber", "default")), List.of("com.example"), List.of(new Plugin.KeptVersion("0.9.0", Instant.EPOCH)))));
        plugins.answers.put("listProductBundles", List.of(new ProductBundle("org.catseye.api", "0.2.0", true)));
        plugins.answers.put("listRollBacks", List.of(new RollBack("com.example", "1.1.0", Instant.EPOCH, "It does not run.")));
        plugins.answers.put("findPlan", new PluginPlan("p1", Instant.EPOCH, "x.jar", DESCRIPTION, PluginPlan.Kind.UPDATE, Optional.of("0.9.0"), List.of("No bundle."), List.of(),
                List.of(new AffectedTarget("default", 2)), List.of("exec"), List.of(new Concern(ConcernKind.NEW_PERMISSIONS, "exec"))));
    }

    private FakeExchange exchange(String method, String path) {
        return wired.exchange(method, path, ann);
    }

    private FakeExchange send(FakeExchange exchange) throws IOException {
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void onlyAdministratorsSeeAndChangePlugins() throws Exception {
        for (String method : List.of("GET", "POST")) {
            assertEquals(403, send(exchange(method, "/api/v1/plugins")).status());
        }
        wired.access.allow(ann, Permission.ADMIN, "*");
        JsonNode all = ApiServlet.JSON.readTree(send(exchange("GET", "/api/v1/plugins")).bytes());
        assertEquals("WAITING", all.at("/plugins/0/state").asText());
        assertTrue("not declared", all.at("/plugins/0/permissions").isNull());
        assertEquals("{\"kind\":\"VIDEO\",\"label\":\"Grabber\",\"target\":\"default\"}", all.at("/plugins/0/parts/0").toString());
        assertEquals("0.9.0", all.at("/plugins/0/keptVersions/0/version").asText());
        assertEquals("It does not run.", all.at("/rollBacks/0/reason").asText());
        assertEquals("{\"name\":\"org.catseye.api\",\"version\":\"0.2.0\",\"running\":true}", all.at("/product/0").toString());
    }

    @Test
    public void whatBundlesUseIsAddedWhereItIsKnown() throws Exception {
        wired.access.allow(ann, Permission.ADMIN, "*");
        assertFalse("nobody measures", list().at("/plugins/0").has("health"));
        servlet.watchdog = () -> List.of(
                new BundleHealth("com.example", true, HealthCondition.OVER_LIMIT, Optional.of(Instant.EPOCH), "It is over a limit.",
                        List.of(new ExceededLimit(HealthFigure.CPU_TEN_SECONDS, 97, 90)), Map.of(HealthFigure.CPU_TEN_SECONDS, 97.04, HealthFigure.THREADS, 3.0)),
                new BundleHealth("com.gone", true, HealthCondition.STILL_RUNNING, Optional.of(Instant.EPOCH), "Restart Catseye.", List.of(), Map.of()),
                new BundleHealth("org.catseye.api", false, HealthCondition.OK, Optional.empty(), "", List.of(), Map.of(HealthFigure.THREADS, 1.0)));
        assertEquals("{\"condition\":\"OVER_LIMIT\",\"reason\":\"It is over a limit.\",\"since\":\"1970-01-01T00:00:00Z\",\"exceeded\":[{\"figure\":\"cpuPercentTenSeconds\","
                + "\"measured\":97,\"limit\":90}],\"figures\":{\"cpuPercentTenSeconds\":97.0,\"threads\":3.0}}", list().at("/plugins/0/health").toString());
        assertEquals("OK", list().at("/product/0/health/condition").asText());
        assertFalse(list().at("/product/0/health").has("since"));
        assertEquals("com.gone STILL_RUNNING", list().at("/leftovers/0/id").asText() + " " + list().at("/leftovers/0/health/condition").asText());
        assertEquals("an installed one is none", 1, list().get("leftovers").size());
    }

    private JsonNode list() throws IOException {
        return ApiServlet.JSON.readTree(send(exchange("GET", "/api/v1/plugins")).bytes());
    }

    @Test
    public void theAnswerIs503UntilTheServiceIsThere() throws Exception {
        wired.access.allow(ann, Permission.ADMIN, "*");
        servlet.plugins = null;
        for (FakeExchange exchange : List.of(exchange("GET", "/api/v1/plugins"), exchange("GET", "/api/v1/plugins/plans/p1"), exchange("DELETE", "/api/v1/plugins/x"))) {
            assertEquals(503, send(exchange).status());
        }
    }

    @Test
    public void aPlanIsDescribed() throws Exception {
        wired.access.allow(ann, Permission.ADMIN, "*");
        JsonNode plan = ApiServlet.JSON.readTree(send(exchange("GET", "/api/v1/plugins/plans/p1")).bytes());
        assertEquals("UPDATE false 0.9.0", plan.get("kind").asText() + " " + plan.get("applicable") + " " + plan.get("installedVersion").asText());
        assertEquals("[{\"target\":\"default\",\"viewers\":2}]", plan.get("targets").toString());
        assertEquals("[{\"kind\":\"NEW_PERMISSIONS\",\"detail\":\"exec\"}]", plan.get("concerns").toString());
        assertEquals("{\"kind\":\"TRUSTED\",\"signer\":\"CN=Ann\",\"fingerprint\":\"aa\",\"certificate\":\"\",\"reason\":\"\",\"maker\":{\"name\":\"CN=Example\",\"fingerprint\":\"bb\"}}",
                plan.at("/plugin/signature").toString());
    }

    @Test
    public void changesAreCheckedAndPassedOn() throws Exception {
        wired.access.allow(ann, Permission.ADMIN, "*");
        plugins.answers.put("setEnabled", null);
        plugins.answers.put("removePlugin", null);
        assertEquals(400, send(exchange("PUT", "/api/v1/plugins/com.example").body("application/json", "{}")).status());
        assertEquals(204, send(exchange("PUT", "/api/v1/plugins/com.example").body("application/json", "{\"enabled\":false}")).status());
        assertEquals(400, send(exchange("DELETE", "/api/v1/plugins/com.example?settings=perhaps")).status());
        assertEquals(204, send(exchange("DELETE", "/api/v1/plugins/com.example?settings=true")).status());
        assertEquals(204, send(exchange("DELETE", "/api/v1/plugins/with%20blank.jar")).status());
        assertEquals(400, send(exchange("POST", "/api/v1/plugins?file=x.txt")).status());
        List<String> calls = plugins.calls.stream().map(call -> call.replaceAll("\\[.*?\\] ", "")).toList();
        assertEquals(List.of("setEnabled com.example false", "removePlugin com.example true", "removePlugin with blank.jar false"), calls);
    }
}
