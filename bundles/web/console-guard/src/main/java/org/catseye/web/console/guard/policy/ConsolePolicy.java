package org.catseye.web.console.guard.policy;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The headers of all responses of the web console. Scripts come from files of this device. An inline script runs only if the
 * policy lists its hash, and only {@link KnownScripts} adds hashes. Handlers in attributes, {@code javascript:} URLs and
 * {@code eval} never run.
 */
public final class ConsolePolicy {

    static final String POLICY = "Content-Security-Policy";
    static final String CACHING = "Cache-Control";
    static final String NOT_STORED = "no-store";

    /** For the console's scripts, styles, images and fonts: not secret, and half a megabyte per page. Browsers cache and revalidate them. */
    private static final String KEPT = "private, no-cache";
    private static final List<String> KEPT_TYPES = List.of("text/javascript", "application/javascript", "application/x-javascript", "text/css", "image/", "font/");
    /** An image that can contain scripts, which would run if it is opened as a page. */
    private static final String SCRIPTED_IMAGE = "image/svg";

    private static final Map<String, String> FIXED = new TreeMap<>(Map.of(
            "X-Frame-Options", "DENY",
            "X-Content-Type-Options", "nosniff",
            // Not "no-referrer", because browsers would then send the console's own forms with "Origin: null".
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin"));

    private ConsolePolicy() {
    }

    /** Sets the strictest headers: no inline scripts, nothing stored. */
    public static void set(HttpServletResponse response) {
        FIXED.forEach(response::setHeader);
        response.setHeader(POLICY, policy(List.of()));
        response.setHeader(CACHING, NOT_STORED);
    }

    /** Whether servlets of the console are prevented from changing this header. */
    static boolean fixes(String header) {
        return header.equalsIgnoreCase(POLICY) || header.equalsIgnoreCase(CACHING) || header.equalsIgnoreCase("Pragma") || header.equalsIgnoreCase("Expires")
                || FIXED.keySet().stream().anyMatch(header::equalsIgnoreCase);
    }

    /** @param hashes the hashes of the inline scripts that may run, in the format of the policy: {@code sha256-...} */
    public static String policy(Collection<String> hashes) {
        StringBuilder scripts = new StringBuilder("'self'");
        hashes.forEach(hash -> scripts.append(" '").append(hash).append('\''));
        // The console's pages use style attributes everywhere. These cannot run code, and the policy lets them load nothing from elsewhere.
        return "default-src 'none'; script-src " + scripts + "; script-src-attr 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
                + "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /** @param type the value of Content-Type; null if there is none */
    static String caching(String type) {
        String lower = Optional.ofNullable(type).orElse("").toLowerCase(Locale.ROOT);
        return KEPT_TYPES.stream().anyMatch(lower::startsWith) && !lower.startsWith(SCRIPTED_IMAGE) ? KEPT : NOT_STORED;
    }
}
