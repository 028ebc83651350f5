package org.catseye.web.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.util.Set;
import org.catseye.access.Session;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.http.SecurityHeaders;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;
import org.catseye.web.RequestGuard.Verdict;
import org.catseye.web.WebContext;
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

    @Activate
    public GateContext(@Reference RequestGuard guard) {
        this.guard = guard;
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
        return refuseRequest(request, response, guard.refuseWithoutSession(head));
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
