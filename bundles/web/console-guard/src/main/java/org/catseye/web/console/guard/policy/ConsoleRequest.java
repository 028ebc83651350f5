package org.catseye.web.console.guard.policy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Pattern;

/**
 * A request to the console without values that the console would write into a page unescaped. The configuration page writes
 * {@code referer} into a script and opens it after saving a form, so only pages of the console are accepted as its value.
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
