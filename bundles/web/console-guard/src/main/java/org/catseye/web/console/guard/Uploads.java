package org.catseye.web.console.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.catseye.web.RequestGuard.Refusal;

/**
 * Limits what can be sent to the console, and its size, because the console stores a whole upload on the disk of a small board.
 */
final class Uploads {

    /** About ten times the size of the largest bundle of the product. */
    static final long MOST_BYTES = 64L << 20;

    private Uploads() {
    }

    /** The reason why the body is refused; empty if it is accepted. The web server enforces the declared length. */
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
}
