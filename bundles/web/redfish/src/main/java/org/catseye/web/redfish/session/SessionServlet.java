package org.catseye.web.redfish.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.SessionAdministration;
import org.catseye.access.SessionAdministration.Opened;
import org.catseye.http.RedfishError;
import org.catseye.http.RequestRefusedException;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.route.Parameters;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishJson;
import org.catseye.web.redfish.route.RedfishPaths;
import org.catseye.web.redfish.route.RedfishRequest;
import org.catseye.web.redfish.route.RedfishServlet;
import org.catseye.web.redfish.route.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Logs in, lists the logins that the caller may end, and ends them. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({RedfishPaths.SESSION_SERVICE, RedfishPaths.SESSION_SERVICE + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class SessionServlet extends RedfishServlet {

    private static final long serialVersionUID = 1;
    private static final String USER = "UserName";
    private static final String PASSWORD = "Password";

    private final transient AccessControl access;
    private final transient SessionAdministration administration;

    @Activate
    public SessionServlet(@Reference AccessControl access, @Reference SessionAdministration administration) {
        this.access = access;
        this.administration = administration;
    }

    @Override
    public List<Route> listRoutes() {
        return List.of(Route.ofReading(RedfishPaths.SESSION_SERVICE, SessionServlet::describeService),
                new Route(RedfishPaths.SESSIONS, Map.of("GET", this::listSessions, "POST", this::logIn)),
                // DSP0266 requires this as well.
                Route.ofAction(RedfishPaths.SESSIONS + "/Members", this::logIn),
                new Route(RedfishPaths.SESSIONS + "/{id}", Map.of("GET", this::describeSession, "DELETE", this::endSession)));
    }

    private static void describeService(RedfishRequest request) throws RedfishException, IOException {
        request.session();
        ObjectNode json = RedfishJson.newResource(request.link(RedfishPaths.SESSION_SERVICE), "SessionService.v1_1_8.SessionService", "SessionService",
                "Session Service").put("ServiceEnabled", true);
        RedfishJson.addStatus(json);
        json.set("Sessions", request.reference(RedfishPaths.SESSIONS));
        request.sendResource(json);
    }

    private void logIn(RedfishRequest request) throws RedfishException, IOException {
        Parameters body = Parameters.readParameters(request, "Login", Set.of(USER, PASSWORD));
        char[] password = body.requireText(PASSWORD).toCharArray();
        try {
            AccessControl.Login login = access.login(body.requireText(USER), password, "", request.request().getRemoteAddr());
            Opened opened = findOpened(new Caller(login.session(), request.request().getRemoteAddr()));
            request.response().setHeader("X-Auth-Token", login.token());
            request.response().setHeader("Location", request.link(RedfishPaths.SESSIONS + "/" + opened.id()));
            request.sendJson(201, toJson(request, opened));
        } catch (AccessException e) {
            throw toRedfishException(request, RequestRefusedException.fromPasswordLogin(e));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Opened findOpened(Caller by) throws AccessException {
        return administration.sessions(by).stream().filter(Opened::current).findFirst()
                .orElseThrow(() -> new AccessException(AccessException.Reason.UNAVAILABLE, "The session ended at once. Log in again."));
    }

    private static RedfishException toRedfishException(RedfishRequest request, RequestRefusedException e) {
        RedfishError error = e.status() != 401 ? RedfishError.ofMessage(e.getMessage())
                : new RedfishError("ResourceAtUriUnauthorized", e.getMessage(), List.of(request.path(), e.getMessage()), "", "Send the right user name and password.");
        return new RedfishException(e.status(), error, e.headers());
    }

    private void listSessions(RedfishRequest request) throws RedfishException, IOException {
        List<String> ids = findSessions(request).stream().map(Opened::id).toList();
        request.sendResource(RedfishJson.newCollection(request, RedfishPaths.SESSIONS, "Session", "Sessions", ids));
    }

    private List<Opened> findSessions(RedfishRequest request) throws RedfishException {
        try {
            return administration.sessions(request.caller());
        } catch (AccessException e) {
            throw toRedfishException(request, RequestRefusedException.fromAccess(e, 403));
        }
    }

    private Opened requireSession(RedfishRequest request) throws RedfishException {
        String id = request.variables().get("id");
        return findSessions(request).stream().filter(opened -> opened.id().equals(id)).findFirst().orElseThrow(() -> RedfishException.ofMissing(request.path()));
    }

    private void describeSession(RedfishRequest request) throws RedfishException, IOException {
        request.sendResource(toJson(request, requireSession(request)));
    }

    private static ObjectNode toJson(RedfishRequest request, Opened opened) {
        return RedfishJson.newResource(request.link(RedfishPaths.SESSIONS + "/" + opened.id()), "Session.v1_4_0.Session", opened.id(), "Session of " + opened.user())
                .put(USER, opened.user()).put("ClientOriginIPAddress", opened.address()).put("CreatedTime", RedfishJson.formatTime(opened.created()));
    }

    private void endSession(RedfishRequest request) throws RedfishException {
        Opened opened = requireSession(request);
        if (opened.current()) {
            if (!access.logout(request.session())) {
                throw RedfishException.ofMessage(507, "You are logged out, but this could not be stored: the disk is full or not writable.");
            }
        } else {
            endOther(request, opened);
        }
        request.response().setStatus(204);
    }

    private void endOther(RedfishRequest request, Opened opened) throws RedfishException {
        if (!Boolean.TRUE.equals(request.request().getAttribute(WebContext.PROVED))) {
            throw RedfishException.ofMissingRight("You logged in a while ago. Log in again to end other sessions.");
        }
        try {
            administration.endSession(request.caller(), opened.id());
        } catch (AccessException e) {
            throw toRedfishException(request, RequestRefusedException.fromAccess(e, 403));
        }
    }
}
