package org.catseye.power.http.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a device is.
 *
 * @param secure whether it is reached over TLS
 * @param host name or IP address; an IPv6 address without brackets
 * @param port TCP port
 * @param basePath what precedes the path of each request; empty or starting with a slash, and not ending with one
 */
public record Endpoint(boolean secure, String host, int port, String basePath) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Parses {@code http://host:port/path} or {@code https://…}; empty if it is neither, or has a user, a query or a fragment. */
    public static Optional<Endpoint> parseAddress(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("http") || scheme.equals("https");
        if (!known || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.empty();
        }
        boolean secure = scheme.equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        return Optional.of(new Endpoint(secure, uri.getHost().replaceAll("[\\[\\]]", ""), port, uri.getRawPath().replaceAll("/+$", "")));
    }

    /** The value of the header {@code Host}. */
    String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (secure ? HTTPS_PORT : HTTP_PORT) ? name : name + ":" + port;
    }

    /** The address for messages. */
    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + hostHeader() + basePath;
    }
}
