package org.catseye.web.rest.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.SessionAdministration;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** API tokens, which programs send in {@code Authorization: Bearer}. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({Endpoints.TOKENS, Endpoints.TOKENS + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class TokensServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;

    private final transient SessionAdministration sessions;

    @Activate
    public TokensServlet(@Reference SessionAdministration sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.TOKENS, Map.of("GET", withCaller(this::listTokens), "POST", withCaller(this::createToken))),
                new Route(Endpoints.TOKENS + "/{id}", Map.of("DELETE", withCaller(this::revokeToken))));
    }

    private void listTokens(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException, IOException {
        ArrayNode result = JSON.createArrayNode();
        sessions.tokens(by).forEach(opened -> result.add(OpenedSessionJson.describeToken(opened)));
        sendJson(response, 200, result);
    }

    /** No other answer ever holds the token. */
    private void createToken(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        JsonBody body = JsonBody.readBody(request, Set.of("name", "rights", "expires"));
        Login login = sessions.createToken(by, body.requireText("name"), body.readRights("rights"), parseTime(body.requireText("expires")));
        ObjectNode result = JSON.createObjectNode().put("token", login.token()).put("expires", login.session().expires().truncatedTo(ChronoUnit.SECONDS).toString());
        sendJson(response, 201, result);
    }

    private static Instant parseTime(String text) throws ApiException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ApiException(400, "bad_field", "\"expires\" has to be a time like 2030-01-31T12:00:00Z.");
        }
    }

    private void revokeToken(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException {
        sessions.revokeToken(by, readVariable(request, "id"));
        response.setStatus(204);
    }
}
