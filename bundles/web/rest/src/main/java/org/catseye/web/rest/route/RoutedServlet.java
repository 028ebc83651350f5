package org.catseye.web.rest.route;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A servlet of several paths below one, each like {@code /api/v1/users/{name}/password}. */
public abstract class RoutedServlet extends ApiServlet {

    private static final long serialVersionUID = 1;
    private static final String VARIABLE = "org.catseye.web.rest.variable.";

    /**
     * One path and what answers its methods.
     *
     * @param template with variables in braces; a variable is one segment
     */
    public record Route(String template, Map<String, Action> actions) {

        boolean matches(String[] path) {
            String[] parts = template.split("/", -1);
            boolean same = parts.length == path.length;
            for (int i = 0; same && i < parts.length; i++) {
                same = parts[i].startsWith("{") ? !path[i].isEmpty() : parts[i].equals(path[i]);
            }
            return same;
        }
    }

    public abstract List<Route> routes();

    @Override
    public final Map<String, Action> actions() {
        throw new UnsupportedOperationException("depends on the path");
    }

    @Override
    public final Map<String, Action> actions(HttpServletRequest request) throws ApiException {
        String[] path = request.getRequestURI().split("/", -1);
        Route route = routes().stream().filter(one -> one.matches(path)).findFirst()
                .orElseThrow(() -> new ApiException(404, "not_found", "There is nothing at this path."));
        String[] parts = route.template().split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{")) {
                request.setAttribute(VARIABLE + parts[i], decoded(path[i]));
            }
        }
        return route.actions();
    }

    private static String decoded(String segment) throws ApiException {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(404, "not_found", "There is nothing at this path.");
        }
    }

    /** What stands in the path at the place of the variable of this name. */
    public static String variable(HttpServletRequest request, String name) {
        return (String) request.getAttribute(VARIABLE + "{" + name + "}");
    }
}
