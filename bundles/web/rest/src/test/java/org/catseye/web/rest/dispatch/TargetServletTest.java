package org.catseye.web.rest.dispatch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.targets.Target;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.Wired;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Constants;

public class TargetServletTest {

    private static final String POWER = "/api/v1/targets/bay1/power";

    private final Wired wired = new Wired();
    private final TargetResources resources = new TargetResources();
    private final TargetServlet servlet = new TargetServlet(wired.access, wired.targets, resources);
    private final Session user = wired.access.open("t", "ann");
    private final FakeResource power = new FakeResource("general");
    private final List<String> served = new ArrayList<>();
    private long services;

    private class FakeResource implements TargetResource {
        private final String id;
        private Throwable failure;

        FakeResource(String id) {
            this.id = id;
        }

        @Override
        public Permission requiredPermission(String method, String subPath) {
            return method.equals("GET") ? Permission.VIEW : Permission.POWER;
        }

        @Override
        public Set<String> allowedMethods(String subPath) {
            return subPath.equals("/nothing") ? Set.of() : Set.of("GET", "POST", "DELETE");
        }

        @Override
        public boolean requiresProof(String method, String subPath) {
            return method.equals("DELETE") || TargetResource.super.requiresProof(method, subPath) && !subPath.equals("/harmless");
        }

        @Override
        public void serve(TargetRequest request) throws IOException {
            served.add(id + " " + request.request().getMethod() + " " + request.targetId() + " " + request.session().user() + " " + request.subPath());
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                request.response().getOutputStream();
                request.response().setHeader("Content-Language", "en");
                throw (RuntimeException) failure;
            }
            request.response().setStatus(204);
        }
    }

    @Before
    public void fillTarget() {
        wired.addHub(1, "bay1", Wired.live(1280));
        wired.access.allow(user, Permission.VIEW, "*");
        wired.access.allow(user, Permission.POWER, "bay1");
        add(power, Map.of(TargetResource.NAME, "power"));
    }

    private Map<String, Object> add(TargetResource resource, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(Constants.SERVICE_ID, ++services);
        resources.addResource(resource, all);
        return all;
    }

    private FakeExchange send(Session session, String method, String path) throws IOException {
        FakeExchange exchange = wired.exchange(method, path, session);
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    private void assertRefused(int status, String code, FakeExchange exchange) {
        assertEquals(exchange.text(), status, exchange.status());
        assertTrue(exchange.text(), exchange.text().startsWith("{\"error\":{\"code\":\"" + code + "\","));
        assertEquals(List.of(), served);
    }

    @Test
    public void aRequestArrivesWithItsTargetSessionAndRest() throws IOException {
        assertEquals(204, send(user, "GET", POWER).status());
        assertEquals(204, send(user, "POST", POWER + "/actions/press%20it").status());
        assertEquals(List.of("general GET bay1 ann ", "general POST bay1 ann /actions/press%20it"), served);
    }

    @Test
    public void theRightIsCheckedFirstWhateverElseIsWrong() throws IOException {
        assertRefused(401, "unauthorized", send(null, "GET", POWER));
        Session stranger = wired.access.open("s", "eve");
        wired.access.allow(stranger, Permission.CONTROL, "*");
        for (String path : List.of(POWER, "/api/v1/targets/nowhere/power", "/api/v1/targets/bay1/unknown", POWER + "/nothing")) {
            assertRefused(403, "forbidden", send(stranger, "GET", path));
            assertRefused(403, "forbidden", send(stranger, "PATCH", path));
        }
        wired.addHub(2, "bay2", Wired.live(1280));
        assertRefused(403, "forbidden", send(user, "POST", "/api/v1/targets/bay2/power"));
    }

    @Test
    public void unknownTargetsAndUnknownResourcesAreToldApart() throws IOException {
        assertRefused(404, "unknown_target", send(user, "GET", "/api/v1/targets/nowhere/power"));
        add(new FakeResource("x"), Map.of(TargetResource.NAME, "other", Target.ID, "bay2"));
        add(new FakeResource("x"), Map.of(TargetResource.NAME, "media"));
        FakeExchange unknown = send(user, "GET", "/api/v1/targets/bay1/unknown");
        assertRefused(404, "not_found", unknown);
        assertTrue(unknown.text(), unknown.text().contains("It has: media, power."));
        assertRefused(404, "not_found", send(user, "GET", POWER + "/nothing"));
        assertRefused(404, "not_found", send(user, "GET", "/api/v1/targets/bay1/other"));
    }

    @Test
    public void pathsThatCouldBeReadInTwoWaysAreNotServed() throws IOException {
        for (String path : List.of("/api/v1/targets/bay1", "/api/v1/targets/bay1/", "/api/v1/targets/", POWER + "/", POWER + "//x", POWER + "/..", POWER + "/./x", POWER + "/%2e%2e/x",
                POWER + "/a%2Fb", POWER + "/a%5cb", POWER + "/%00", POWER + "/%zz", POWER + "/%", POWER + "/a;b", "/api/v1/targets/%62ay1/power", "/api/v1/targets/bay1/pow%65r",
                "/api/v1/targets/a b/power", "/api/v1/targets/../power", "/api/v1/targets/-x/power", "/api/v1/targets/" + "x".repeat(65) + "/power", POWER + "/" + "x".repeat(1024))) {
            assertRefused(404, "not_found", send(user, "GET", path));
        }
    }

    @Test
    public void otherMethodsAreRefusedWithThoseThatAreServed() throws IOException {
        FakeExchange refused = send(user, "PUT", POWER);
        assertRefused(405, "method_not_allowed", refused);
        assertEquals("DELETE, GET, HEAD, OPTIONS, POST", refused.sent("Allow"));
        FakeExchange options = send(user, "OPTIONS", POWER);
        assertEquals(204, options.status());
        assertEquals("DELETE, GET, HEAD, OPTIONS, POST", options.sent("Allow"));
        assertEquals(List.of(), served);
        assertEquals(204, send(user, "HEAD", POWER).status());
        assertEquals(List.of("general HEAD bay1 ann "), served);
    }

    @Test
    public void aChangeNeedsARecentProofUnlessTheResourceSaysOtherwise() throws IOException {
        wired.access.ageProof(user);
        assertRefused(403, "proof_required", send(user, "POST", POWER));
        assertRefused(403, "proof_required", send(user, "DELETE", POWER + "/harmless"));
        assertEquals(204, send(user, "POST", POWER + "/harmless").status());
        assertEquals(204, send(user, "GET", POWER).status());
    }

    @Test
    public void aResourceThatFailsIsAnsweredWithoutDetails() throws IOException {
        for (Throwable failure : List.of(new IllegalStateException("secret"), new NoClassDefFoundError("secret"), new IOException("secret"))) {
            power.failure = failure;
            FakeExchange exchange = send(user, "GET", POWER);
            served.clear();
            assertRefused(500, "failed", exchange);
            assertFalse(exchange.text(), exchange.text().contains("secret"));
        }
        power.failure = null;
        assertEquals(204, send(user, "GET", POWER).status());
    }

    @Test
    public void aResourceThatRequiresNoPermissionIsNotServed() throws IOException {
        add(new FakeResource("open") {
            @Override
            public Permission requiredPermission(String method, String subPath) {
                return null;
            }
        }, Map.of(TargetResource.NAME, "open"));
        assertRefused(500, "failed", send(user, "GET", "/api/v1/targets/bay1/open"));
    }

    @Test
    public void aClientThatDisconnectedIsTheWebServersMatter() {
        TargetResource broken = new FakeResource("broken") {
            @Override
            public void serve(TargetRequest request) throws IOException {
                request.response().flushBuffer();
                throw new IOException("broken pipe");
            }
        };
        add(broken, Map.of(TargetResource.NAME, "broken"));
        assertThrows(IOException.class, () -> send(user, "GET", "/api/v1/targets/bay1/broken"));
    }

    @Test
    public void theTargetsOwnResourceComesFirstThenTheRankingThenTheOldest() throws IOException {
        Map<String, Object> better = add(new FakeResource("better"), Map.of(TargetResource.NAME, "power", Constants.SERVICE_RANKING, 5));
        add(new FakeResource("younger"), Map.of(TargetResource.NAME, "power", Constants.SERVICE_RANKING, 5));
        send(user, "GET", POWER);
        Map<String, Object> own = add(new FakeResource("own"), Map.of(TargetResource.NAME, "power", Target.ID, "bay1", Constants.SERVICE_RANKING, -1));
        send(user, "GET", POWER);
        resources.removeResource(power, own);
        resources.removeResource(power, better);
        send(user, "GET", POWER);
        assertEquals(List.of("better GET bay1 ann ", "own GET bay1 ann ", "younger GET bay1 ann "), served);
    }

    @Test
    public void aResourceWithABadNameIsNotServed() throws IOException {
        for (Object name : List.of("", "a/b", "..", ".x", 7, "x".repeat(65))) {
            add(new FakeResource("bad"), Map.of(TargetResource.NAME, name));
        }
        assertEquals(Set.of("power"), resources.listNames("bay1"));
        Map<String, Object> renamed = add(new FakeResource("renamed"), Map.of(TargetResource.NAME, "reset"));
        renamed.put(TargetResource.NAME, "re set");
        resources.addResource(power, renamed);
        assertRefused(404, "not_found", send(user, "GET", "/api/v1/targets/bay1/reset"));
    }
}
