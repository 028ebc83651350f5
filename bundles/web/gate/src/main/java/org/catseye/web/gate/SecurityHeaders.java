package org.catseye.web.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;

/** What every response says to browsers. A servlet may set a header anew; the page does so for its import map. */
final class SecurityHeaders {

    static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
            + "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** What a remote console needs is left as browsers have it (full screen, keyboard lock, clipboard); what it never needs is shut. */
    private static final String PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), "
            + "midi=(), display-capture=(), browsing-topics=(), fullscreen=(self), clipboard-read=(self), clipboard-write=(self)";

    private static final Map<String, String> ALL = new TreeMap<>(Map.of(
            "Content-Security-Policy", POLICY,
            "Permissions-Policy", PERMISSIONS,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store"));

    private SecurityHeaders() {
    }

    static Map<String, String> all() {
        return Map.copyOf(ALL);
    }

    static void set(HttpServletResponse response) {
        ALL.forEach(response::setHeader);
    }
}
