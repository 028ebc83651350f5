package org.catseye.web.gate;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.WebContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Serves every path that no other servlet of the guarded context serves. So those paths pass the gate as well: clients without a session can't find out
 * which paths exist, and a servlet that its bundle registered outside of the guarded context by mistake is not reachable. Contexts with a longer
 * path, such as the web console's, come first.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class NotFoundServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusal refusal = new Refusal(404, "not_found", "There is nothing at this path.", "");
        RefusalAnswer.create(RequestHeads.describeRequest(request), refusal, GateContext.findUser(request)).send(response);
    }
}
