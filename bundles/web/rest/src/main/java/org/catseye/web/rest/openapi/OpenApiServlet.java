package org.catseye.web.rest.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.catseye.http.RequestHeads;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The machine-readable description of the interface. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.OPENAPI)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class OpenApiServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    private final transient ApiDescription description;

    @Activate
    public OpenApiServlet(@Reference ApiDescription description) {
        this.description = description;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("GET", this::sendDescription);
    }

    private void sendDescription(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireSession(request);
        sendContent(response, 200, "application/json", addBasePath(description.toJson(), RequestHeads.findBasePath(request)));
    }

    private static byte[] addBasePath(byte[] json, String basePath) throws IOException {
        if (basePath.isEmpty()) {
            return json;
        }
        ObjectNode description = (ObjectNode) JSON.readTree(json);
        description.putArray("servers").addObject().put("url", basePath);
        return JSON.writeValueAsBytes(description);
    }
}
