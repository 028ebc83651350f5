package org.catseye.web.console.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.catseye.web.RequestGuard.Refusal;

/**
 * Which GET and HEAD requests only read. The console's page of configurations treats a GET with the parameter {@code post} as a POST
 * (ConfigManager.doGet of Felix Web Console 5.0.18), and its script requests the forms in that way. With other parameters such a request
 * changes configurations, without the checks that changes need.
 */
final class ReadingRule {

    static final Refusal REFUSAL = new Refusal(405, "post_needed", "A change in the web console needs the method POST.", "");

    private static final String AS_POST = "post";
    /** What the script sends: the form to show, whether it is a new one, and a time against caches. */
    private static final Set<String> OF_FORMS = Set.of(AS_POST, "create", "ts", "pid", "pidFilter");

    private ReadingRule() {
    }

    /** @param request with a method that only reads */
    static boolean isChange(HttpServletRequest request) {
        Set<String> names = request.getParameterMap().keySet();
        return names.contains(AS_POST) && !OF_FORMS.containsAll(names);
    }
}
