package org.catseye.core.media.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** An address of a file, in its parts. */
public final class FetchUrl {

    private static final int MAX_LENGTH = 4096;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    private final URI uri;

    private FetchUrl(URI uri) {
        this.uri = uri;
    }

    /** Empty if it is not an absolute http or https URL with a host. */
    public static Optional<FetchUrl> parse(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean http = scheme.equals("http") || scheme.equals("https");
        boolean complete = uri.getHost() != null && !uri.getHost().isEmpty() && uri.getPort() <= MAX_PORT && uri.getPort() != 0;
        boolean plain = uri.toString().length() <= MAX_LENGTH && uri.toString().chars().noneMatch(c -> c <= ' ' || c == 0x7f);
        return http && complete && plain ? Optional.of(new FetchUrl(uri)) : Optional.empty();
    }

    /** Where a redirect leads. */
    Optional<FetchUrl> resolve(String location) {
        try {
            return parse(uri.resolve(new URI(location)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isSecure() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** A name, or an address without brackets. */
    public String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : isSecure() ? HTTPS_PORT : HTTP_PORT;
    }

    /** Whether both are on the same server. */
    boolean hasSameOrigin(FetchUrl other) {
        return isSecure() == other.isSecure() && port() == other.port() && host().equalsIgnoreCase(other.host());
    }

    /** For the request line. */
    String target() {
        String path = uri.toASCIIString().replaceFirst("^[^:]*://[^/?#]*", "").replaceFirst("#.*$", "");
        return path.startsWith("/") ? path : "/" + path;
    }

    /** For the header Host. */
    String authority() {
        return uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
    }

    /** The value of the header Authorization; empty without user name and password. */
    String authorization() {
        String user = uri.getUserInfo();
        return user == null ? "" : "Basic " + Base64.getEncoder().encodeToString((user.contains(":") ? user : user + ":").getBytes(StandardCharsets.UTF_8));
    }

    /** The last part of the path; empty if there is none. */
    public String fileName() {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Without user name, password, query and fragment. */
    @Override
    public String toString() {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + authority() + path;
    }
}
