package org.catseye.web.rest.user;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Account;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.SecondFactors;
import org.catseye.access.Session;
import org.catseye.access.UserAdministration;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Test;

public class UsersServletTest {

    private static final Account ANN = new Account("ann", Instant.parse("2026-01-31T12:00:00Z"),
            new Grants(Set.of("watch"), Map.of("bay1", Set.of(Permission.CONTROL, Permission.VIEW))), false);
    private static final String ANN_JSON = "{\"name\":\"ann\",\"created\":\"2026-01-31T12:00:00Z\",\"roles\":[\"watch\"],"
            + "\"rights\":{\"bay1\":[\"VIEW\",\"CONTROL\"]},\"secondFactor\":false}";

    private final Wired wired = new Wired();
    private final Recorder<UserAdministration> users = new Recorder<>(UserAdministration.class);
    private final Recorder<SecondFactors> factors = new Recorder<>(SecondFactors.class);
    private final ApiServlet servlet = new UsersServlet(users.service, factors.service, wired.targets);
    private final ApiServlet roles = new RolesServlet(users.service);
    private final Session root = wired.access.open("t", "root");

    private FakeExchange ask(ApiServlet one, String method, String path, String body) throws IOException {
        FakeExchange exchange = wired.exchange(method, path, root);
        if (!body.isEmpty()) {
            exchange.body("application/json", body);
        }
        one.service(exchange.request(), exchange.response());
        return exchange;
    }

    private FakeExchange ask(String method, String path, String body) throws IOException {
        return ask(servlet, method, path, body);
    }

    @Test
    public void anOldProofLetsOneReadAndChangeTheOwnAccountWithItsPasswordAndNothingElse() throws IOException {
        wired.access.ageProof(root);
        users.answers.put("users", List.of(ANN));
        users.answers.put("changePassword", new Login(wired.access.open("new", "root"), "new"));
        assertEquals(200, ask("GET", "/api/v1/users", "").status());
        assertEquals(200, ask("PUT", "/api/v1/users/root/password", "{\"old\":\"four odd words\",\"password\":\"three odd words\"}").status());
        assertEquals(204, ask("DELETE", "/api/v1/users/root/second-factor", "{\"password\":\"three odd words\"}").status());
        users.calls.clear();
        factors.calls.clear();
        List<FakeExchange> refused = List.of(ask("POST", "/api/v1/users", "{}"), ask("PUT", "/api/v1/users/ann", "{}"), ask("DELETE", "/api/v1/users/ann", ""),
                ask("PUT", "/api/v1/users/ann/password", "{\"password\":\"three odd words\"}"), ask("DELETE", "/api/v1/users/ann/second-factor", ""),
                ask(roles, "PUT", "/api/v1/roles/watch", "{}"), ask(roles, "DELETE", "/api/v1/roles/watch", ""));
        for (FakeExchange exchange : refused) {
            assertEquals(403, exchange.status());
            assertTrue(exchange.text(), exchange.text().startsWith("{\"error\":{\"code\":\"proof_required\""));
            assertEquals("refused before it is read", 0, exchange.bytesRead());
        }
        assertEquals(List.of(), users.calls);
        assertEquals(List.of(), factors.calls);
    }

    @Test
    public void usersAreListedWithoutSecrets() throws IOException {
        users.answers.put("users", List.of(ANN));
        assertEquals("[" + ANN_JSON + "]", ask("GET", "/api/v1/users", "").text());
        users.answers.put("user", ANN);
        assertEquals(ANN_JSON, ask("GET", "/api/v1/users/an%20n", "").text());
        assertEquals(List.of("users [root 192.0.2.7]", "user [root 192.0.2.7] an n"), users.calls);
    }

    @Test
    public void aUserIsAdded() throws IOException {
        users.answers.put("user", ANN);
        FakeExchange exchange = ask("POST", "/api/v1/users", "{\"name\":\"ann\",\"password\":\"geheim!\",\"roles\":[\"watch\"],\"rights\":{\"*\":[\"VIEW\"]}}");
        assertEquals(201, exchange.status());
        assertEquals("/api/v1/users/ann", exchange.sent("Location"));
        assertEquals("add [root 192.0.2.7] ann geheim! Grants[roles=[watch], rights={*=[VIEW]}]", users.calls.get(0));
        assertFalse(exchange.text().contains("geheim"));
        FakeExchange below = wired.exchange("POST", "/api/v1/users", root).body("application/json", "{\"name\":\"ann\",\"password\":\"geheim!\",\"roles\":[],\"rights\":{}}")
                .attribute(WebContext.BASE_PATH, "/kvm");
        servlet.service(below.request(), below.response());
        assertEquals("/kvm/api/v1/users/ann", below.sent("Location"));
    }

    @Test
    public void grantsAreReplacedWholeAndUsersRemoved() throws IOException {
        assertEquals(204, ask("PUT", "/api/v1/users/ann", "{\"roles\":[],\"rights\":{}}").status());
        assertEquals(204, ask("DELETE", "/api/v1/users/ann", "").status());
        assertEquals(List.of("grant [root 192.0.2.7] ann Grants[roles=[], rights={}]", "remove [root 192.0.2.7] ann"), users.calls);
    }

    @Test
    public void theOwnPasswordNeedsTheOldOneAndGivesANewCookie() throws IOException {
        users.answers.put("changePassword", new Login(root, "next"));
        FakeExchange own = ask("PUT", "/api/v1/users/root/password", "{\"old\":\"a\",\"password\":\"b\"}");
        assertEquals(200, own.status());
        assertTrue(own.sent("Set-Cookie").startsWith("catseye-session=next; Path=/; HttpOnly; SameSite=Strict"));
        FakeExchange other = ask("PUT", "/api/v1/users/ann/password", "{\"password\":\"c\"}");
        assertEquals(204, other.status());
        assertEquals("", other.sent("Set-Cookie"));
        assertEquals(List.of("changePassword [root 192.0.2.7] a b", "resetPassword [root 192.0.2.7] ann c"), users.calls);
    }

    @Test
    public void theOwnSecondFactorIsSwitchedOnInTwoStepsAndOff() throws IOException {
        String path = "/api/v1/users/root/second-factor";
        factors.answers.put("begin", new SecondFactors.Enrolment("ABC", "otpauth://totp/x"));
        factors.answers.put("confirm", List.of("A-B", "C-D"));
        String begun = ask("POST", path, "{\"password\":\"a\"}").text();
        assertTrue(begun, begun.startsWith("{\"secret\":\"ABC\",\"uri\":\"otpauth://totp/x\",\"qr\":[\"1111111"));
        assertEquals("{\"recoveryCodes\":[\"A-B\",\"C-D\"]}", ask("PUT", path, "{\"code\":\"123456\"}").text());
        assertEquals(204, ask("DELETE", path, "{\"password\":\"a\"}").status());
        assertEquals("the own one not without the password", 415, ask("DELETE", path, "").status());
        assertEquals(List.of("begin [root 192.0.2.7] a", "confirm [root 192.0.2.7] 123456", "remove [root 192.0.2.7] root a"), factors.calls);
    }

    @Test
    public void anothersSecondFactorCanOnlyBeSwitchedOff() throws IOException {
        String path = "/api/v1/users/ann/second-factor";
        assertEquals(403, ask("POST", path, "{\"password\":\"a\"}").status());
        assertEquals(403, ask("PUT", path, "{\"code\":\"123456\"}").status());
        assertEquals(List.of(), factors.calls);
        assertEquals(204, ask("DELETE", path, "").status());
        assertEquals(List.of("remove [root 192.0.2.7] ann "), factors.calls);
    }

    @Test
    public void rolesAreListedMadeAndRemoved() throws IOException {
        users.answers.put("roles", Map.of("watch", Map.of("*", Set.of(Permission.VIEW))));
        assertEquals("{\"watch\":{\"*\":[\"VIEW\"]}}", ask(roles, "GET", "/api/v1/roles", "").text());
        assertEquals(204, ask(roles, "PUT", "/api/v1/roles/watch", "{\"rights\":{\"bay1\":[]}}").status());
        assertEquals(204, ask(roles, "DELETE", "/api/v1/roles/watch", "").status());
        assertEquals(List.of("putRole [root 192.0.2.7] watch {bay1=[]}", "removeRole [root 192.0.2.7] watch"), users.calls.subList(1, 3));
    }

    @Test
    public void refusalsHaveAStatusAndACode() throws IOException {
        Map<Reason, String> expected = Map.of(Reason.FORBIDDEN, "403 forbidden", Reason.NOT_FOUND, "404 not_found", Reason.CONFLICT, "409 conflict",
                Reason.LAST_ADMIN, "409 last_admin", Reason.INVALID, "422 invalid", Reason.WEAK_PASSWORD, "422 weak_password", Reason.BAD_CREDENTIALS, "403 bad_credentials",
                Reason.UNAVAILABLE, "503 unavailable");
        for (Map.Entry<Reason, String> one : expected.entrySet()) {
            users.refusal = new AccessException(one.getKey(), "No.");
            FakeExchange exchange = ask("DELETE", "/api/v1/users/ann", "");
            assertEquals(one.getValue(), exchange.status() + " " + ApiServlet.JSON.readTree(exchange.bytes()).at("/error/code").textValue());
        }
    }

    @Test
    public void badBodiesReachNobody() throws IOException {
        for (String bad : List.of("{}", "{\"roles\":[1],\"rights\":{}}", "{\"roles\":\"x\",\"rights\":{}}", "{\"roles\":[],\"rights\":[]}", "{\"roles\":[],\"rights\":{\"*\":\"VIEW\"}}",
                "{\"roles\":[],\"rights\":{\"*\":[\"view\"]}}", "{\"roles\":[],\"rights\":{\"*\":[7]}}", "{\"roles\":[],\"rights\":{},\"more\":1}")) {
            assertEquals(bad, 400, ask("PUT", "/api/v1/users/ann", bad).status());
        }
        assertEquals(415, ask("PUT", "/api/v1/users/ann", "").status());
        assertEquals(List.of(), users.calls);
    }

    @Test
    public void whatLiesBesideThePathsIsNothingAndOtherMethodsAreTold() throws IOException {
        for (String path : List.of("/api/v1/users/", "/api/v1/users/ann/", "/api/v1/users/ann/secrets", "/api/v1/users/ann/password/x")) {
            assertEquals(path, 404, ask("GET", path, "").status());
        }
        assertEquals("GET, HEAD, OPTIONS, POST", ask("DELETE", "/api/v1/users", "").sent("Allow"));
        assertEquals("OPTIONS, PUT", ask("GET", "/api/v1/users/ann/password", "").sent("Allow"));
    }

    @Test
    public void withoutTheGateNothingIsOpen() throws IOException {
        FakeExchange exchange = new FakeExchange("GET", "/api/v1/users");
        servlet.service(exchange.request(), exchange.response());
        assertEquals(401, exchange.status());
        assertEquals(List.of(), users.calls);
    }
}
