package org.catseye.web.resource;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.catseye.access.Session;

/**
 * A request to a {@link TargetResource} that has passed all checks.
 *
 * @param targetId the id of an existing target
 * @param session the session of the caller, who has the required permission on the target
 * @param subPath the path after the name of the resource: empty, or starts with a slash; not decoded
 * @param request the HTTP request
 * @param response the HTTP response
 */
public record TargetRequest(String targetId, Session session, String subPath, HttpServletRequest request, HttpServletResponse response) {

    public TargetRequest {
        Objects.requireNonNull(targetId, "targetId");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(subPath, "subPath");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(response, "response");
    }
}
