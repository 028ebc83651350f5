package org.catseye.web.console.guard.policy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Pattern;

/**
 * A request to the console, without what the console would write into its page as it is: the configuration page puts {@code referer} into a
 * script, and goes there after a form was saved. Only a page of the console is good for that.
 */
final class ConsoleRequest extends HttpServletRequestWrapper {

    private static final String BACK = "referer";
    private static final Pattern PAGE = Pattern.compile("/system/console(?:/[\\w.~-]+)*");

    ConsoleRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public String getParameter(String name) {
        String value = super.getParameter(name);
        return value == null || !name.equals(BACK) || PAGE.matcher(value).matches() ? value : null;
    }
}
