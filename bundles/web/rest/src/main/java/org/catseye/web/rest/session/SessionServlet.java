package org.catseye.web.rest.session;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.http.DeviceCookie;
import org.catseye.http.RequestHeads;
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

/** Logs in, reports the current login, logs out. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.SESSION)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class SessionServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    private final transient AccessControl access;
    private final transient Targets targets;

    @Activate
    public SessionServlet(@Reference AccessControl access, @Reference Targets targets) {
        this.access = access;
        this.targets = targets;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("POST", withoutProof(this::logIn), "GET", this::reportSession, "DELETE", withoutProof(this::logOut));
    }

    private void logIn(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        JsonBody body = JsonBody.readBody(request, Set.of("user", "password", "otp"));
        String user = body.requireText("user");
        char[] password = body.requireText("password").toCharArray();
        try {
            AccessControl.Login login = access.login(user, password, body.optionalText("otp"), request.getRemoteAddr(), readDevice(request));
            replaceSession(request);
            SessionCookie.setToken(request, response, login.token());
            DeviceCookie.setToken(request, response, access.issueDeviceToken(login.session()));
            sendJson(response, 200, SessionJson.describeSession(login.session(), targets));
        } catch (AccessException e) {
            throw AccessErrors.toApiException(e, 401);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static String readDevice(HttpServletRequest request) {
        return DeviceCookie.readToken(name -> Collections.list(request.getHeaders(name)), RequestHeads.findBasePath(request)).orElse("");
    }

    /** The browser loses its old cookie, so the old session ends: otherwise it would stay open without anyone noticing. */
    private void replaceSession(HttpServletRequest request) {
        for (String token : SessionCookie.readTokens(name -> Collections.list(request.getHeaders(name)), RequestHeads.findBasePath(request))) {
            access.session(token).filter(session -> session.equals(request.getAttribute(WebContext.SESSION))).ifPresent(access::logout);
        }
    }

    private void reportSession(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        sendJson(response, 200, SessionJson.describeSession(requireSession(request), targets));
    }

    private void logOut(HttpServletRequest request, HttpServletResponse response) throws ApiException {
        boolean stored = access.logout(requireSession(request));
        SessionCookie.removeToken(request, response);
        if (!stored) {
            throw new ApiException(507, "not_stored", "You are logged out, but this could not be stored: the disk is full or not writable."
                    + " If the device restarts before that is fixed, the session works again until it expires.");
        }
        response.setStatus(204);
    }
}
