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
import org.catseye.access.AccessException.Reason;
import org.catseye.http.DeviceCookie;
import org.catseye.http.SessionCookie;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.AccessErrors;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Claims a new device and logs its owner in. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.SETUP)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class SetupServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    private final transient AccessControl access;
    private final transient Targets targets;

    @Activate
    public SetupServlet(@Reference AccessControl access, @Reference Targets targets) {
        this.access = access;
        this.targets = targets;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("POST", withoutProof(this::claimDevice));
    }

    private void claimDevice(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        if (access.claimed()) {
            throw AccessErrors.toApiException(new AccessException(Reason.ALREADY_CLAIMED, "This device already has an owner. Log in instead."), 403);
        }
        JsonBody body = JsonBody.readBody(request, Set.of("token", "password"));
        String token = body.requireText("token");
        char[] password = body.requireText("password").toCharArray();
        try {
            AccessControl.Login login = access.claim(token, password, request.getRemoteAddr());
            SessionCookie.setToken(request, response, login.token());
            DeviceCookie.setToken(request, response, access.issueDeviceToken(login.session()));
            sendJson(response, 200, SessionJson.describeSession(login.session(), targets));
        } catch (AccessException e) {
            throw AccessErrors.toApiException(e, 403);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
