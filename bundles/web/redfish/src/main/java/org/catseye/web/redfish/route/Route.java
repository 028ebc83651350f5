package org.catseye.web.redfish.route;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import org.catseye.http.PathTemplate;

/**
 * A path and the actions for its methods.
 *
 * @param template of the path, without a slash at the end
 * @param actions by method; HEAD is served like GET
 */
public record Route(PathTemplate template, Map<String, Action> actions) {

    /** Answers a request. */
    @FunctionalInterface
    public interface Action {
        void answerRequest(RedfishRequest request) throws RedfishException, IOException, InterruptedException;
    }

    public Route(String template, Map<String, Action> actions) {
        this(new PathTemplate(template), Map.copyOf(actions));
    }

    /** A resource that can only be read. */
    public static Route ofReading(String template, Action action) {
        return new Route(template, Map.of("GET", action));
    }

    /** An action of a resource. */
    public static Route ofAction(String template, Action action) {
        return new Route(template, Map.of("POST", action));
    }

    /** The methods, for the header Allow. */
    String listMethods() {
        TreeSet<String> methods = new TreeSet<>(actions.keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }
}
