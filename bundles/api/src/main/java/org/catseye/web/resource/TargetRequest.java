package org.catseye.web.resource;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.catseye.access.Session;

/**
 * A request to a {@link TargetResource} that has passed every check.
 *
 * @param targetId id of a target that exists
 * @param session of the caller, who has the required permission on the target
 * @param subPath what follows the resource's name in the path: empty, or begins with a slash; not decoded
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
