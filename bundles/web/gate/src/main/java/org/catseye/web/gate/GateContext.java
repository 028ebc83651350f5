package org.catseye.web.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.Session;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.http.RequestRefusedException;
import org.catseye.http.SecurityHeaders;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;
import org.catseye.web.RequestGuard.Verdict;
import org.catseye.web.WebContext;
import org.catseye.web.gate.request.BasicLogins;
import org.catseye.web.gate.request.PathRules;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;

/**
 * The guarded context. Without a session it serves only the public paths, and it has no files of its own. Its ranking puts it before the unguarded
 * default context.
 */
@Component(service = ServletContextHelper.class, property = Constants.SERVICE_RANKING + ":Integer=1000")
@HttpWhiteboardContext(name = WebContext.NAME, path = "/")
public final class GateContext extends ServletContextHelper {

    private final RequestGuard guard;
    private final AccessControl access;
    private final BasicLogins basicLogins;

    @Activate
    public GateContext(@Reference RequestGuard guard, @Reference AccessControl access, @Reference BasicLogins basicLogins) {
        this.guard = guard;
        this.access = access;
        this.basicLogins = basicLogins;
    }

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SecurityHeaders.addTo(response);
        if (request.getAttribute(GatePreprocessor.PASSED) == null) {
            return refuseRequest(request, response, new Refusal(503, "unavailable", "The device is changing its configuration; try again in a second.", ""));
        }
        String path = request.getRequestURI();
        if (!PathRules.isWellFormed(path)) {
            return refuseRequest(request, response, new Refusal(400, "bad_path", "The path of the request is not well-formed.", ""));
        }
        RequestHead head = RequestHeads.describeRequest(request);
        Verdict verdict = guard.judgeRequest(head);
        if (verdict.refusal().isPresent()) {
            return refuseRequest(request, response, verdict.refusal().get());
        }
        verdict.session().ifPresent(session -> attachSession(request, session, verdict.recentlyProved()));
        if (verdict.session().isPresent() || PathRules.isPublic(head.method(), path)) {
            return true;
        }
        return RequestHeads.isRedfish(path) ? admitRedfish(head, request, response) : refuseRequest(request, response, guard.refuseWithoutSession(head));
    }

    /** Redfish clients may send name and password with each request. The guard has checked that no page of another site made a browser do so. */
    private boolean admitRedfish(RequestHead head, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Optional<Session> session = basicLogins.logIn(head.headers(), request.getRemoteAddr());
            if (session.isEmpty()) {
                return refuseRequest(request, response, guard.refuseWithoutSession(head));
            }
            attachSession(request, session.get(), access.recentlyProved(session.get()));
            return true;
        } catch (RequestRefusedException e) {
            e.headers().forEach(response::setHeader);
            return refuseRequest(request, response, new Refusal(e.status(), e.code(), e.getMessage(), "", guard.refuseWithoutSession(head).offersBasic()));
        }
    }

    private static void attachSession(HttpServletRequest request, Session session, boolean recentlyProved) {
        request.setAttribute(WebContext.SESSION, session);
        request.setAttribute(WebContext.PROVED, recentlyProved);
        request.setAttribute(REMOTE_USER, session.user());
    }

    /** The user whose session the request has; empty if it has none. */
    static String findUser(HttpServletRequest request) {
        return request.getAttribute(WebContext.SESSION) instanceof Session session ? session.user() : "";
    }

    private static boolean refuseRequest(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        RefusalAnswer.create(RequestHeads.describeRequest(request), refusal, findUser(request)).send(response);
        return false;
    }

    /** None: servlets serve all files. */
    @Override
    public URL getResource(String name) {
        return null;
    }

    @Override
    public Set<String> getResourcePaths(String path) {
        return null;
    }

    @Override
    public String getRealPath(String path) {
        return null;
    }
}
