package org.catseye.web.console.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.catseye.web.RequestGuard.Refusal;

/** What may be sent to the console, and how much at once: what it is sent it keeps whole, on the disk of a small board. */
final class Uploads {

    /** The largest bundle of the product has a tenth of it. */
    static final long MOST_BYTES = 64L << 20;
    /** So much of what is refused is read and dropped: a browser that still sends does not see the answer. */
    private static final long MOST_DISCARDED = 4 * MOST_BYTES;

    private Uploads() {
    }

    /** Why the body is not taken; empty if it is. A length that is stated is held to by the web server. */
    static Optional<Refusal> judge(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length > MOST_BYTES) {
            return Optional.of(new Refusal(413, "too_large", "This upload has " + (length >> 20) + " MiB; at most " + (MOST_BYTES >> 20)
                    + " MiB are taken. A larger bundle can be put into the folder deploy of the home.", ""));
        }
        if (length < 0 && request.getHeader("Transfer-Encoding") != null) {
            return Optional.of(new Refusal(411, "length_required", "The console takes only what states its length (Content-Length).", ""));
        }
        if (Asked.hidden(request)) {
            return Optional.of(new Refusal(415, "not_a_form", "Only new bundles are sent in parts; all else is a form (application/x-www-form-urlencoded).", ""));
        }
        return Optional.empty();
    }

    static void discard(HttpServletRequest request) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = request.getInputStream();
            int read = in.read(buffer);
            for (long left = MOST_DISCARDED; read >= 0 && left > 0; left -= read) {
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // The client went away, or sends something else than it said: the answer is the same.
        }
    }
}
