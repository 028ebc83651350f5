package org.catseye.web.gate.origin;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port as in a Host header or an origin.
 *
 * @param host in lower case, without a dot at the end; an IPv6 address in brackets
 * @param port -1 if there is none
 */
public record Authority(String host, int port) {

    public static final int MAX_PORT = 0xffff;

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9_][A-Za-z0-9._-]{0,252})(?::([0-9]{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    public static Optional<Authority> parseAuthority(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String host = form.group(1).toLowerCase(Locale.ROOT);
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int port = form.group(2) == null ? -1 : Integer.parseInt(form.group(2));
        return port > MAX_PORT ? Optional.empty() : Optional.of(new Authority(plain, port));
    }

    public static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** Whether the host is a numeric address, which DNS can't point at this device. */
    public boolean isNumeric() {
        return host.startsWith("[") || IPV4.matcher(host).matches();
    }

    /** As in a Host header. */
    public String toHostHeader() {
        return port < 0 ? host : host + ":" + port;
    }

    /** As browsers write it: without the scheme's default port. */
    public String toOrigin(String scheme) {
        return scheme + "://" + host + (port < 0 || port == defaultPort(scheme) ? "" : ":" + port);
    }
}
