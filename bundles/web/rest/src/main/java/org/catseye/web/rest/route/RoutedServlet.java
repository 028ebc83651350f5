package org.catseye.web.rest.route;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A servlet that serves several paths below one, such as {@code /api/v1/users/{name}/password}. */
public abstract class RoutedServlet extends ApiServlet {

    private static final long serialVersionUID = 1;
    private static final String VARIABLE = "org.catseye.web.rest.variable.";

    /**
     * A path and the actions for its methods.
     *
     * @param template with variables in braces; a variable is one segment
     */
    public record Route(String template, Map<String, Action> actions) {

        boolean matchesPath(String[] path) {
            String[] parts = template.split("/", -1);
            boolean same = parts.length == path.length;
            for (int i = 0; same && i < parts.length; i++) {
                same = parts[i].startsWith("{") ? !path[i].isEmpty() : parts[i].equals(path[i]);
            }
            return same;
        }
    }

    public abstract List<Route> declareRoutes();

    @Override
    public final Map<String, Action> supportedActions() {
        throw new UnsupportedOperationException("depends on the path");
    }

    @Override
    public final Map<String, Action> findActions(HttpServletRequest request) throws ApiException {
        String[] path = request.getRequestURI().split("/", -1);
        Route route = declareRoutes().stream().filter(one -> one.matchesPath(path)).findFirst()
                .orElseThrow(() -> new ApiException(404, "not_found", "There is nothing at this path."));
        String[] parts = route.template().split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{")) {
                request.setAttribute(VARIABLE + parts[i], decodeSegment(path[i]));
            }
        }
        return route.actions();
    }

    private static String decodeSegment(String segment) throws ApiException {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(404, "not_found", "There is nothing at this path.");
        }
    }

    /** The segment of the path at the position of this variable, decoded. */
    public static String readVariable(HttpServletRequest request, String name) {
        return (String) request.getAttribute(VARIABLE + "{" + name + "}");
    }
}
