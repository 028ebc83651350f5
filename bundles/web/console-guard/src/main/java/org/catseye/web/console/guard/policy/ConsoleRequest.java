package org.catseye.web.console.guard.policy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Pattern;

/**
 * A request as the console's servlets see it. Its addresses contain the path below which a proxy publishes this device, because the console builds
 * its links, redirects and cookies from them.
 *
 * <p>It is without values that the console would write into a page unescaped. The configuration page writes {@code referer} into a script and
 * opens it after saving a form, so only pages of the console are accepted as its value.
 */
final class ConsoleRequest extends HttpServletRequestWrapper {

    private static final String BACK = "referer";
    private static final Pattern PAGE = Pattern.compile("/system/console(?:/[\\w.~-]+)*");

    private final String basePath;

    /** @param basePath see {@link org.catseye.web.WebContext#BASE_PATH} */
    ConsoleRequest(HttpServletRequest request, String basePath) {
        super(request);
        this.basePath = basePath;
    }

    @Override
    public String getContextPath() {
        return basePath + super.getContextPath();
    }

    @Override
    public String getRequestURI() {
        return basePath + super.getRequestURI();
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        return url.insert(url.length() - super.getRequestURI().length(), basePath);
    }

    @Override
    public String getParameter(String name) {
        String value = super.getParameter(name);
        return value == null || !name.equals(BACK) || isOwnPage(value) ? value : null;
    }

    private boolean isOwnPage(String path) {
        return path.startsWith(basePath) && PAGE.matcher(path.substring(basePath.length())).matches();
    }
}
