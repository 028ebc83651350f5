package org.catseye.web.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.util.Set;
import org.catseye.access.Session;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Ask;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.Verdict;
import org.catseye.web.WebContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;

/**
 * The guarded context. Without a session only the public paths are served; it has no files of its own. Its rank puts it before
 * the unguarded default context.
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
        SecurityHeaders.set(response);
        if (request.getAttribute(FrontDoor.PASSED) == null) {
            return refuse(request, response, new Refusal(503, "unavailable", "The device is changing its configuration; try again in a second.", ""));
        }
        String path = request.getRequestURI();
        if (!Paths.clean(path)) {
            return refuse(request, response, new Refusal(400, "bad_path", "The path of the request is not well-formed.", ""));
        }
        Ask ask = FrontDoor.ask(request);
        Verdict verdict = guard.judge(ask);
        if (verdict.refusal().isPresent()) {
            return refuse(request, response, verdict.refusal().get());
        }
        verdict.session().ifPresent(session -> admit(request, session, verdict.proved()));
        if (verdict.session().isPresent() || Paths.open(ask.method(), path)) {
            return true;
        }
        return refuse(request, response, guard.turnAway(ask));
    }

    private static void admit(HttpServletRequest request, Session session, boolean proved) {
        request.setAttribute(WebContext.SESSION, session);
        request.setAttribute(WebContext.PROVED, proved);
        request.setAttribute(REMOTE_USER, session.user());
    }

    /** As whom the request was let in; empty if it was not. */
    static String user(HttpServletRequest request) {
        return request.getAttribute(WebContext.SESSION) instanceof Session session ? session.user() : "";
    }

    private static boolean refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        Answers.send(response, Answers.of(FrontDoor.ask(request), refusal, user(request)));
        return false;
    }

    /** Nothing: files are served by servlets. */
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
