package org.catseye.media;

import java.net.URI;
import java.util.Objects;

/**
 * What to fetch.
 *
 * @param url http or https
 * @param name the name of the image; empty to take the last part of the URL's path
 * @param sha256 64 hexadecimal digits that the content has to have; empty if it may be anything
 * @param user who asks
 * @param localAddresses whether the server, and each that it redirects to, may be in a private network or on this device
 */
public record DownloadRequest(URI url, String name, String sha256, String user, boolean localAddresses) {

    public DownloadRequest {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(user, "user");
    }
}
