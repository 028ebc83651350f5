package org.catseye.web.redfish.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.SessionAdministration;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.Service;
import org.junit.Test;

public class SessionServletTest {

    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions";
    private static final String LOGIN = "{\"UserName\":\"bob\",\"Password\":\"green tulips\"}";

    private final Service service = new Service();
    private final List<String> ended = new ArrayList<>();

    public SessionServletTest() {
        service.add(new SessionServlet(service.access, new SessionAdministration() {
            @Override
            public List<Opened> sessions(Caller by) throws AccessException {
                if (by.session().isApiToken()) {
                    throw new AccessException(Reason.FORBIDDEN, "No token can do this.");
                }
                return List.of(opened("s1", by, !by.session().user().equals("carl")), opened("s2", by, false));
            }

            private Opened opened(String id, Caller by, boolean current) {
                return new Opened(id, by.session().user(), "", Map.of(), Instant.EPOCH, Instant.EPOCH, Instant.MAX, "192.0.2.7", current, "file");
            }

            @Override
            public List<Opened> tokens(Caller by) {
                throw new UnsupportedOperationException();
            }

            @Override
            public AccessControl.Login createToken(Caller by, String name, Map<String, Set<Permission>> rights, Instant expires) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void endSession(Caller by, String id) {
                ended.add(by.session().user() + " " + id);
            }

            @Override
            public void revokeToken(Caller by, String id) {
                throw new UnsupportedOperationException();
            }
        }));
    }

    private FakeExchange logIn(String path, String body) throws IOException {
        return service.ask(new FakeExchange("POST", path).body("application/json", body));
    }

    @Test
    public void aLoginReturnsItsTokenAndWhereTheSessionIs() throws IOException {
        for (String path : new String[] {SESSIONS, SESSIONS + "/Members"}) {
            FakeExchange login = logIn(path, LOGIN);
            assertEquals(201, login.status());
            assertEquals(SESSIONS + "/s1", login.sent("Location"));
            assertTrue(service.access.session(login.sent("X-Auth-Token")).isPresent());
            assertEquals("{\"@odata.id\":\"" + SESSIONS + "/s1\",\"@odata.type\":\"#Session.v1_4_0.Session\",\"Id\":\"s1\",\"Name\":\"Session of bob\",\"UserName\":\"bob\","
                    + "\"ClientOriginIPAddress\":\"192.0.2.7\",\"CreatedTime\":\"1970-01-01T00:00:00Z\"}", login.text());
        }
        assertEquals("login bob green tulips  192.0.2.7", service.access.calls().get(0));
    }

    @Test
    public void refusedLoginsAreRedfishErrors() throws IOException {
        service.access.refuse(new AccessException(Reason.BAD_CREDENTIALS, "User name or password is wrong."));
        assertEquals("401 ResourceAtUriUnauthorized", Service.describeError(logIn(SESSIONS, LOGIN)));
        service.access.refuse(new AccessException(Reason.OTP_REQUIRED, "The code."));
        FakeExchange secondFactor = logIn(SESSIONS, LOGIN);
        assertEquals("401 ResourceAtUriUnauthorized", Service.describeError(secondFactor));
        assertTrue(secondFactor.text(), secondFactor.text().contains("second factor") && secondFactor.text().contains("API token"));
        service.access.refuse(new AccessException(Reason.TOO_MANY_ATTEMPTS, "Wait.", Duration.ofMillis(1500)));
        FakeExchange tooMany = logIn(SESSIONS, LOGIN);
        assertEquals("429 GeneralError 2", Service.describeError(tooMany) + " " + tooMany.sent("Retry-After"));
        assertEquals("400 ActionParameterMissing", Service.describeError(logIn(SESSIONS, "{\"UserName\":\"bob\"}")));
        assertEquals("401 NoValidSession", Service.describeError(service.ask(new FakeExchange("GET", SESSIONS))));
    }

    @Test
    public void aLogoutEndsTheOwnSession() throws IOException {
        assertEquals(204, service.ask("DELETE", SESSIONS + "/s1", "").status());
        assertFalse(service.ann.valid());
        assertEquals("nothing of another one", List.of(), ended);
    }

    @Test
    public void otherSessionsEndOnlyAfterARecentLogin() throws IOException {
        assertEquals("403 InsufficientPrivilege",
                Service.describeError(service.ask(service.exchange("DELETE", SESSIONS + "/s2").attribute(WebContext.PROVED, false))));
        assertEquals(204, service.ask("DELETE", SESSIONS + "/s2", "").status());
        assertEquals(List.of("ann s2"), ended);
        assertEquals("404 ResourceMissingAtURI", Service.describeError(service.ask("DELETE", SESSIONS + "/s3", "")));
    }

    @Test
    public void sessionsAreListed() throws IOException {
        assertEquals(2, service.get(SESSIONS).get("Members@odata.count").asInt());
        assertEquals("ann", service.get(SESSIONS + "/s2").get("UserName").asText());
        FakeExchange program = service.ask(new FakeExchange("GET", SESSIONS).attribute(WebContext.SESSION, service.access.openApiToken("key", "ann")));
        assertEquals(403, program.status());
        assertEquals(SESSIONS, service.get("/redfish/v1/SessionService").at("/Sessions/@odata.id").asText());
    }
}
