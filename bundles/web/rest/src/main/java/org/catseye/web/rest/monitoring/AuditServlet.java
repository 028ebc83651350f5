package org.catseye.web.rest.monitoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The audit log, the newest entry first. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.AUDIT)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class AuditServlet extends ApiServlet {

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1000;

    private static final long serialVersionUID = 1;

    private final transient Audit audit;
    private final transient AccessControl access;

    @Activate
    public AuditServlet(@Reference Audit audit, @Reference AccessControl access) {
        this.audit = audit;
        this.access = access;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("GET", this::listEntries);
    }

    private void listEntries(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireAdmin(access, request);
        ArrayNode result = JSON.createArrayNode();
        for (Audit.Entry entry : audit.newest(parseLimit(request.getQueryString()))) {
            ObjectNode node = result.addObject().put("time", entry.time().toString()).put("action", entry.action())
                    .put("user", entry.user()).put("address", entry.address());
            ObjectNode details = node.putObject("details");
            new TreeMap<>(entry.details()).forEach(details::put);
        }
        sendJson(response, 200, result);
    }

    /** Read from the query only: a parameter of the servlet API could also come from the body of a form. */
    private static int parseLimit(String query) throws ApiException {
        if (query == null) {
            return DEFAULT_LIMIT;
        }
        if (!query.matches("limit=[1-9][0-9]{0,3}") || Integer.parseInt(query.substring(6)) > MAX_LIMIT) {
            throw new ApiException(400, "bad_parameter", "The only parameter is limit, 1 to " + MAX_LIMIT + ".");
        }
        return Integer.parseInt(query.substring(6));
    }
}
