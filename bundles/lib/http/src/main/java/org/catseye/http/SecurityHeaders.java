package org.catseye.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** The security headers of every answer. A servlet may replace one; the console page does so for its import map. */
public final class SecurityHeaders {

    public static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
            + "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** A remote console needs full screen, keyboard lock and the clipboard. Everything that it never needs is off. */
    private static final String PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), "
            + "midi=(), display-capture=(), browsing-topics=(), fullscreen=(self), clipboard-read=(self), clipboard-write=(self)";

    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", POLICY,
            "Permissions-Policy", PERMISSIONS,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private SecurityHeaders() {
    }

    /** By name; unmodifiable. */
    public static Map<String, String> all() {
        return ALL;
    }

    public static void addTo(HttpServletResponse response) {
        ALL.forEach(response::setHeader);
    }
}
