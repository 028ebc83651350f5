package org.catseye.media;

import java.time.Instant;
import java.util.Objects;

/**
 * An image that is being fetched from a URL, or was recently.
 *
 * @param id letters and digits
 * @param url where it comes from, without user name, password and query
 * @param name the name of the image
 * @param user who started it
 * @param started when
 * @param state how far it is
 * @param receivedBytes how much has arrived
 * @param totalBytes the size; -1 if the server does not tell
 * @param image the id of the image, once it is {@link State#DONE}; else empty
 * @param reason one sentence for the user: why it failed; else empty
 */
public record MediaDownload(String id, String url, String name, String user, Instant started, State state, long receivedBytes, long totalBytes,
        String image, String reason) {

    public enum State { RUNNING, DONE, FAILED, CANCELLED }

    public MediaDownload {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(reason, "reason");
    }
}
