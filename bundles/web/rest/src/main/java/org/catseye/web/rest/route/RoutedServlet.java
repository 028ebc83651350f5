package org.catseye.web.rest.route;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.http.PathTemplate;

/** A servlet that serves several paths below one, such as {@code /api/v1/users/{name}/password}. */
public abstract class RoutedServlet extends ApiServlet {

    private static final long serialVersionUID = 1;
    private static final String VARIABLE = "org.catseye.web.rest.variable.";

    /**
     * A path and the actions for its methods.
     *
     * @param template see {@link PathTemplate}
     */
    public record Route(String template, Map<String, Action> actions) {
    }

    public abstract List<Route> declareRoutes();

    @Override
    public final Map<String, Action> supportedActions() {
        throw new UnsupportedOperationException("depends on the path");
    }

    @Override
    public final Map<String, Action> findActions(HttpServletRequest request) throws ApiException {
        for (Route route : declareRoutes()) {
            Optional<Map<String, String>> variables = new PathTemplate(route.template()).matchPath(request.getRequestURI());
            if (variables.isPresent()) {
                variables.get().forEach((name, value) -> request.setAttribute(VARIABLE + "{" + name + "}", value));
                return route.actions();
            }
        }
        throw new ApiException(404, "not_found", "There is nothing at this path.");
    }

    /** The segment of the path at the position of this variable, decoded. */
    public static String readVariable(HttpServletRequest request, String name) {
        return (String) request.getAttribute(VARIABLE + "{" + name + "}");
    }
}
