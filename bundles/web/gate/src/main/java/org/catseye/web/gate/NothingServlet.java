package org.catseye.web.gate;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.WebContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Stands where no other servlet of the guarded context does, so that those paths go through the gate as well: strangers cannot tell
 * what exists, and a servlet that a bundle forgot to put into the guarded context is not served past it. Contexts with a longer
 * path, such as the web console's, come first.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class NothingServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusal refusal = new Refusal(404, "not_found", "There is nothing at this path.", "");
        Answers.send(response, Answers.of(FrontDoor.ask(request), refusal, GateContext.user(request)));
    }
}
