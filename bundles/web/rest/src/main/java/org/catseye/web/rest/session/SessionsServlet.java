package org.catseye.web.rest.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.SessionAdministration;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Lists and ends the caller's logins, or with ADMIN those of all users. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({Endpoints.SESSIONS, Endpoints.SESSIONS + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class SessionsServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;

    private final transient SessionAdministration sessions;

    @Activate
    public SessionsServlet(@Reference SessionAdministration sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.SESSIONS, Map.of("GET", withCaller(this::listSessions))),
                new Route(Endpoints.SESSIONS + "/{id}", Map.of("DELETE", withCaller(this::endSession))));
    }

    private void listSessions(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException, IOException {
        ArrayNode result = JSON.createArrayNode();
        sessions.sessions(by).forEach(opened -> result.add(OpenedSessionJson.describeSession(opened)));
        sendJson(response, 200, result);
    }

    private void endSession(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException {
        sessions.endSession(by, readVariable(request, "id"));
        response.setStatus(204);
    }
}
