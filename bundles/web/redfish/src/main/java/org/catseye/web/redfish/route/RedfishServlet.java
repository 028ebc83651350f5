package org.catseye.web.redfish.route;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.http.RedfishError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the action for a request's path and method, and turns exceptions into Redfish errors. */
public abstract class RedfishServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(RedfishServlet.class);

    /** The resources of this servlet. The first one whose path fits is used. */
    public abstract List<Route> listRoutes();

    @Override
    public final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(RedfishError.VERSION_HEADER, RedfishError.VERSION);
        try {
            dispatch(request, response);
        } catch (RedfishException e) {
            sendError(response, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sendError(response, RedfishException.ofMessage(503, "The server is shutting down."));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            if (!response.isCommitted()) {
                sendError(response, new RedfishException(500, new RedfishError("InternalError", "This failed inside Catseye. The log has the details.", List.of(), "",
                        "Look at the log of this device.")));
            }
        }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response) throws RedfishException, IOException, InterruptedException {
        requireSupported(request);
        // Clients end paths with a slash, or not.
        String path = request.getRequestURI().replaceFirst("(?<=.)/$", "");
        for (Route route : listRoutes()) {
            Optional<Map<String, String>> variables = route.template().matchPath(path);
            if (variables.isPresent()) {
                answer(route, new RedfishRequest(request, response, variables.get()));
                return;
            }
        }
        throw RedfishException.ofMissing(request.getRequestURI());
    }

    private static void answer(Route route, RedfishRequest request) throws RedfishException, IOException, InterruptedException {
        String method = request.request().getMethod();
        // The server drops the body of an answer to HEAD.
        Route.Action action = route.actions().get(method.equals("HEAD") ? "GET" : method);
        if (action != null) {
            if (method.equals("GET") || method.equals("HEAD")) {
                request.response().setHeader("Allow", route.listMethods());
            }
            action.answerRequest(request);
        } else if (method.equals("OPTIONS")) {
            request.response().setStatus(204);
            request.response().setHeader("Allow", route.listMethods());
        } else {
            throw new RedfishException(405, new RedfishError("OperationNotAllowed", "The HTTP method is not allowed on this resource.", List.of(), "",
                    "Use one of " + route.listMethods() + "."), Map.of("Allow", route.listMethods()));
        }
    }

    /** Refuses another version of OData, and queries that change what a resource contains. */
    private static void requireSupported(HttpServletRequest request) throws RedfishException {
        String version = request.getHeader(RedfishError.VERSION_HEADER);
        if (version != null && !version.strip().equals(RedfishError.VERSION)) {
            throw new RedfishException(412, new RedfishError("HeaderInvalid", "The header OData-Version has to be 4.0.", List.of(RedfishError.VERSION_HEADER), "",
                    "Send the header OData-Version: 4.0, or none."));
        }
        String query = request.getQueryString();
        if (query != null && Arrays.stream(query.split("&")).anyMatch(field -> field.startsWith("$") || field.startsWith("%24"))) {
            throw new RedfishException(501, new RedfishError("QueryNotSupported", "Querying is not supported by the implementation.", List.of(), "",
                    "Send the request without a query."));
        }
    }

    private static void sendError(HttpServletResponse response, RedfishException e) throws IOException {
        byte[] body = e.error().toBytes();
        response.setStatus(e.status());
        response.setContentType("application/json; charset=utf-8");
        e.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
