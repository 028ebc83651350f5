package org.catseye.web.rest.media;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.media.MediaException;
import org.catseye.web.rest.route.ApiException;

/** Records what users do with images and drives, and whether it worked. */
final class MediaAudit {

    private final Audit audit;

    MediaAudit(Audit audit) {
        this.audit = audit;
    }

    /** A change of the library. */
    @FunctionalInterface
    interface Change<T> {
        T run() throws IOException, ApiException, InterruptedException;
    }

    /** Runs a change and records its result. */
    <T> T record(String action, Session session, HttpServletRequest request, Map<String, String> details, Change<T> change) throws ApiException, IOException {
        // For a failure that nothing below describes.
        String result = "failed";
        try {
            T done = change.run();
            result = "done";
            return done;
        } catch (MediaException e) {
            result = e.getMessage();
            throw MediaErrors.toApiException(e);
        } catch (ApiException e) {
            result = e.getMessage();
            throw e;
        } catch (InterruptedException e) {
            ApiException stopping = stopping();
            result = stopping.getMessage();
            throw stopping;
        } finally {
            Map<String, String> all = new HashMap<>(details);
            all.put("result", result);
            audit.record(action, session.user(), request.getRemoteAddr(), all);
        }
    }

    /** A request that waited for a drive or a program is interrupted. */
    static ApiException stopping() {
        Thread.currentThread().interrupt();
        return new ApiException(503, "stopping", "The server is shutting down.");
    }
}
