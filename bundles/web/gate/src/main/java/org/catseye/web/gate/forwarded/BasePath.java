package org.catseye.web.gate.forwarded;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.gate.config.GateConfig;

/**
 * The path below which a proxy publishes this device, as the header {@value GateConfig#X_FORWARDED_PREFIX} reports it.
 *
 * @param path such as {@code /kvm}; empty for the root
 * @param valid false if the proxies sent a header that is not such a path; then the path is empty
 */
public record BasePath(String path, boolean valid) {

    public static final BasePath ROOT = new BasePath("", true);

    private static final int MAX_LENGTH = 200;
    /** Whole plain names only: nothing that a browser, a cookie or a page could read differently, and no path that leads to another host. */
    private static final Pattern FORM = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*");

    /** @param headers all values of the header; more than one, or a list, is invalid, because it is unclear how proxies combine them */
    static BasePath parseHeaders(List<String> headers) {
        if (headers.isEmpty()) {
            return ROOT;
        }
        String path = headers.get(0);
        boolean valid = headers.size() == 1 && path.length() <= MAX_LENGTH && FORM.matcher(path).matches();
        return valid ? new BasePath(path, true) : new BasePath("", false);
    }

    /**
     * Refuses a request if the proxy's settings are wrong. Only a proxy that removes the base path is supported. If either were, a client could
     * write the base path twice, to get past rules for paths in the proxy.
     *
     * @param requestPath as in the request line
     */
    public Optional<Refusal> checkRequest(String requestPath) {
        if (!valid) {
            return refuseRequest("The proxy sent a wrong " + GateConfig.X_FORWARDED_PREFIX + ". It has to be a path such as /kvm, at most " + MAX_LENGTH
                    + " characters, without a slash at the end.");
        }
        if (!path.isEmpty() && (requestPath + "/").startsWith(path + "/")) {
            return refuseRequest("The path of the request begins with " + path + ", which is its " + GateConfig.X_FORWARDED_PREFIX
                    + ". The proxy has to remove it, and it can't be a path of Catseye's own, such as /api.");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuseRequest(String message) {
        return Optional.of(new Refusal(400, "bad_prefix", message, ""));
    }
}
