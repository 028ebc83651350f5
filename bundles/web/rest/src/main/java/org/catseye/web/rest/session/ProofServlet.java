package org.catseye.web.rest.session;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.Session;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Checks the password or a code of a logged-in user again, before changes that give power. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.PROOF)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class ProofServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    private final transient AccessControl access;

    @Activate
    public ProofServlet(@Reference AccessControl access) {
        this.access = access;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("GET", this::reportProof, "POST", withoutProof(withCaller(this::checkProof)));
    }

    private void reportProof(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        sendJson(response, 200, JSON.createObjectNode().put("user", session.user()).put("recent", access.recentlyProved(session))
                .put("secondFactor", access.hasSecondFactor(session)));
    }

    private void checkProof(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        JsonBody body = JsonBody.readBody(request, Set.of("password", "otp"));
        char[] password = body.optionalText("password").toCharArray();
        try {
            access.proveAgain(by, password, body.optionalText("otp"));
            response.setStatus(204);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
