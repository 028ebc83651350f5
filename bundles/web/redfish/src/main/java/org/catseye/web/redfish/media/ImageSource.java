package org.catseye.web.redfish.media;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an image comes from.
 *
 * @param image the id or name of an image of the library; empty if the image has to be fetched
 * @param url http or https; {@code catseye:} for an image of the library
 */
record ImageSource(String image, URI url) {

    private static final String SCHEME = "catseye";
    private static final Pattern CONTENT = Pattern.compile("/api/v1/media/([A-Za-z0-9]+)/content");
    private static final int MAX_LENGTH = 2000;

    /**
     * Reads the parameter Image: an address, or the address of an image of this device, or {@code catseye:} and the name of an image.
     *
     * @param ownHost the header Host of the request; may be empty
     * @param basePath of the request
     * @return empty if it is none of these
     */
    static Optional<ImageSource> parse(String text, String ownHost, String basePath) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (text.length() > MAX_LENGTH || scheme.equals(SCHEME) && url.getRawSchemeSpecificPart().isEmpty()) {
            return Optional.empty();
        }
        if (scheme.equals(SCHEME)) {
            return Optional.of(new ImageSource(URLDecoder.decode(url.getRawSchemeSpecificPart().replace("+", "%2B"), StandardCharsets.UTF_8), url));
        }
        boolean web = (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null;
        boolean own = scheme.isEmpty() && url.getRawAuthority() == null || web && ownHost.equalsIgnoreCase(url.getRawAuthority());
        Optional<ImageSource> ofLibrary = own ? findOwn(url, basePath) : Optional.empty();
        return ofLibrary.or(() -> web ? Optional.of(new ImageSource("", url)) : Optional.empty());
    }

    private static Optional<ImageSource> findOwn(URI url, String basePath) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        Matcher content = CONTENT.matcher(path.startsWith(basePath) ? path.substring(basePath.length()) : path);
        return content.matches() ? Optional.of(new ImageSource(content.group(1), url)) : Optional.empty();
    }

    boolean isOfLibrary() {
        return !image.isEmpty();
    }

    /** For answers and the audit log: without user name, password and query, which may be secret. */
    String toPublicText() {
        if (isOfLibrary()) {
            return url.toString();
        }
        String authority = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        return url.getScheme() + "://" + authority + url.getRawPath();
    }
}
