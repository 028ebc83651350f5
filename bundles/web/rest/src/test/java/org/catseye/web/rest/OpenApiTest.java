package org.catseye.web.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.SecondFactors;
import org.catseye.access.SessionAdministration;
import org.catseye.access.UserAdministration;
import org.catseye.media.FileDisks;
import org.catseye.media.MediaLibrary;
import org.catseye.settings.SettingsAdministration;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.rest.media.DisksServlet;
import org.catseye.web.rest.media.MediaRights;
import org.catseye.web.rest.media.MediaServlet;
import org.catseye.web.rest.media.Transfers;
import org.catseye.web.rest.media.TusServlet;
import org.catseye.web.rest.monitoring.AuditServlet;
import org.catseye.web.rest.monitoring.BoardServlet;
import org.catseye.web.rest.monitoring.BundleMetrics;
import org.catseye.web.rest.monitoring.CurrentBoard;
import org.catseye.web.rest.monitoring.HealthServlet;
import org.catseye.web.rest.monitoring.MetricsServlet;
import org.catseye.web.rest.openapi.ApiDescription;
import org.catseye.web.rest.openapi.OpenApiServlet;
import org.catseye.web.rest.plugin.FeaturesServlet;
import org.catseye.web.rest.plugin.MakersServlet;
import org.catseye.web.rest.plugin.PluginsServlet;
import org.catseye.web.rest.route.AccessErrors;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.RoutedServlet;
import org.catseye.web.rest.session.ProofServlet;
import org.catseye.web.rest.session.SessionServlet;
import org.catseye.web.rest.session.SessionsServlet;
import org.catseye.web.rest.session.SetupServlet;
import org.catseye.web.rest.session.TokensServlet;
import org.catseye.web.rest.settings.SettingsServlet;
import org.catseye.web.rest.user.RolesServlet;
import org.catseye.web.rest.user.UsersServlet;
import org.junit.Test;

/** Holds openapi.json and the servlets together. */
public class OpenApiTest {

    private static final Path SOURCES = Path.of("src/main/java/org/catseye/web/rest");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final Wired wired = new Wired();
    private final List<ApiServlet> servlets = List.of(new SessionServlet(wired.access, wired.targets), new SetupServlet(wired.access, wired.targets),
            new TargetsServlet(wired.targets), new HealthServlet("1", wired.targets), new MetricsServlet(wired.targets, new CurrentBoard(), new BundleMetrics()), new BoardServlet(new CurrentBoard(), wired.targets), new OpenApiServlet(new ApiDescription()),
            new UsersServlet(new Recorder<>(UserAdministration.class).service, new Recorder<>(SecondFactors.class).service, wired.targets), new RolesServlet(new Recorder<>(UserAdministration.class).service),
            new SessionsServlet(new Recorder<>(SessionAdministration.class).service), new TokensServlet(new Recorder<>(SessionAdministration.class).service),
            new AuditServlet(new Recorder<>(Audit.class).service, wired.access), new ProofServlet(wired.access), media(), tus(), disks(),
            new SettingsServlet(new Recorder<>(SettingsAdministration.class).service, wired.access, new FakeAudit()), new PluginsServlet(wired.access, new Transfers()),
            new FeaturesServlet(wired.access, new Transfers()), new MakersServlet(wired.access));

    private MediaServlet media() {
        return new MediaServlet(new Recorder<>(MediaLibrary.class).service, new MediaRights(wired.access, wired.targets, new Recorder<>(MediaLibrary.class).service), new Transfers(), new FakeAudit());
    }

    private DisksServlet disks() {
        return new DisksServlet(new Recorder<>(FileDisks.class).service, new MediaRights(wired.access, wired.targets, new Recorder<>(MediaLibrary.class).service),
                new Transfers(), new FakeAudit());
    }

    private TusServlet tus() {
        return new TusServlet(new Recorder<>(MediaLibrary.class).service, new MediaRights(wired.access, wired.targets, new Recorder<>(MediaLibrary.class).service), new Transfers(), new FakeAudit());
    }

    private static JsonNode ownDescription() throws IOException {
        return ApiServlet.JSON.readTree(OpenApiServlet.class.getResourceAsStream("openapi.json"));
    }

    /** With the fragment of the servlets that have one. */
    private static JsonNode description() throws IOException {
        ObjectNode all = (ObjectNode) ownDescription();
        for (String part : List.of("library", "disks", "settings", "plugins", "makers", "features")) {
            JsonNode library = ApiServlet.JSON.readTree(OpenApiServlet.class.getResourceAsStream("/openapi/" + part + ".json"));
            all.withObject("/paths").setAll((ObjectNode) library.get("paths"));
            all.withObject("/components/schemas").setAll((ObjectNode) library.at("/components/schemas"));
        }
        return all;
    }

    /** The patterns as they stand at the classes, which keep no annotations for the running program. */
    private static Map<String, String> patterns() throws Exception {
        Map<String, String> result = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Matcher pattern = Pattern.compile("@HttpWhiteboardServletPattern\\(\\{?Endpoints\\.([A-Z]+)").matcher(Files.readString(file));
                if (pattern.find()) {
                    String path = (String) Endpoints.class.getDeclaredField(pattern.group(1)).get(null);
                    result.put(file.getFileName().toString().replace(".java", ""), path);
                }
            }
        }
        return result;
    }

    @Test
    public void everyServletIsDescribedWithEachOfItsMethodsAndNothingElseIs() throws Exception {
        Map<String, Set<String>> served = new TreeMap<>();
        for (ApiServlet servlet : servlets) {
            String pattern = patterns().get(servlet.getClass().getSimpleName());
            if (servlet instanceof RoutedServlet routed) {
                routed.declareRoutes().forEach(route -> served.put(route.template(), lower(route.actions().keySet())));
                assertTrue(pattern, routed.declareRoutes().stream().allMatch(route -> (route.template() + "/").startsWith(pattern + "/")));
            } else {
                served.put(pattern, lower(servlet.supportedActions().keySet()));
            }
        }
        assertEquals("every servlet of this bundle takes part in this test", patterns().size(), servlets.size());
        Map<String, Set<String>> described = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : description().get("paths").properties()) {
            Set<String> methods = new TreeSet<>();
            path.getValue().fieldNames().forEachRemaining(methods::add);
            methods.retainAll(METHODS);
            described.put(path.getKey(), methods);
        }
        served.values().forEach(methods -> methods.retainAll(METHODS));
        assertEquals(served, described);
    }

    /** Each path of a servlet with what answers its methods. */
    private static Map<String, Map<String, ApiServlet.Action>> actions(ApiServlet servlet) throws Exception {
        if (servlet instanceof RoutedServlet routed) {
            return routed.declareRoutes().stream().collect(Collectors.toMap(RoutedServlet.Route::template, RoutedServlet.Route::actions));
        }
        return Map.of(patterns().get(servlet.getClass().getSimpleName()), servlet.supportedActions());
    }

    private FakeExchange about(String user) {
        return wired.exchange("PUT", "/", wired.access.open("t", "ann")).attribute("org.catseye.web.rest.variable.{name}", user);
    }

    @Test
    public void whatNeedsARecentProofIsDescribed() throws Exception {
        Map<String, ApiServlet.Action> changes = new TreeMap<>();
        for (ApiServlet servlet : servlets) {
            actions(servlet).forEach((path, byMethod) -> byMethod.forEach((method, action) -> changes.put(method + " " + path, action)));
        }
        changes.keySet().removeIf(place -> place.startsWith("GET ") || place.startsWith("OPTIONS "));
        assertTrue(changes.size() + " changes", changes.size() > 15);
        for (Map.Entry<String, ApiServlet.Action> change : changes.entrySet()) {
            String[] place = change.getKey().split(" ");
            String described = description().get("paths").get(place[1]).get(place[0].toLowerCase(Locale.ROOT)).path("x-catseye-proof").asText();
            assertEquals(change.getKey(), !described.isEmpty(), change.getValue().needsProof(about("bob").request()));
            assertEquals(change.getKey(), described.equals("always"), change.getValue().needsProof(about("ann").request()));
        }
    }

    private static Set<String> lower(Set<String> methods) {
        return methods.stream().map(method -> method.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    public void everyReferenceLeadsSomewhereAndEveryErrorHasItsForm() throws Exception {
        JsonNode description = description();
        assertTrue(description.findValuesAsText("$ref").size() > 20);
        for (String reference : description.findValuesAsText("$ref")) {
            assertTrue(reference, description.at(reference.substring(1)).isObject());
        }
    }

    @Test
    public void everyRefusalOfALoginIsDescribed() throws Exception {
        for (AccessException.Reason reason : List.of(Reason.NOT_CLAIMED, Reason.ALREADY_CLAIMED, Reason.BAD_CREDENTIALS, Reason.WEAK_PASSWORD,
                Reason.TOO_MANY_ATTEMPTS, Reason.OTP_REQUIRED, Reason.UNAVAILABLE)) {
            int status = AccessErrors.toApiException(new AccessException(reason, "x"), 401).status();
            if (reason != AccessException.Reason.WEAK_PASSWORD && reason != AccessException.Reason.ALREADY_CLAIMED) {
                assertTrue("login " + status, description().at("/paths/~1api~1v1~1session/post/responses").has(Integer.toString(status)));
            }
            if (reason == Reason.OTP_REQUIRED) {
                continue;
            }
            int atSetup = AccessErrors.toApiException(new AccessException(reason, "x"), 403).status();
            assertTrue("setup " + atSetup, description().at("/paths/~1api~1v1~1setup/post/responses").has(Integer.toString(atSetup)));
        }
    }

    @Test
    public void theDescriptionNamesTheBasePath() throws Exception {
        FakeExchange exchange = new FakeExchange("GET", Endpoints.OPENAPI).attribute(WebContext.SESSION, wired.access.open("t", "ann"))
                .attribute(WebContext.BASE_PATH, "/kvm");
        new OpenApiServlet(new ApiDescription()).service(exchange.request(), exchange.response());
        assertEquals("[{\"url\":\"/kvm\"}]", ApiServlet.JSON.readTree(exchange.bytes()).path("servers").toString());
    }

    @Test
    public void theDescriptionIsServed() throws Exception {
        FakeExchange exchange = new FakeExchange("GET", Endpoints.OPENAPI).attribute(WebContext.SESSION, wired.access.open("t", "ann"));
        new OpenApiServlet(new ApiDescription()).service(exchange.request(), exchange.response());
        assertEquals(200, exchange.status());
        assertEquals(ownDescription(), ApiServlet.JSON.readTree(exchange.bytes()));
    }
}
