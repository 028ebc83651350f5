package org.catseye.web.resource;

import java.io.IOException;
import org.catseye.access.Permission;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What is served at {@code /api/v1/targets/{id}/<name>} and at every path below it. A service with the property {@value #NAME}; of several
 * with one name the one with the highest service ranking serves, then the oldest.
 *
 * <p>Before {@link #serve} the dispatcher has checked that the caller is logged in, has {@link #requiredPermission} on the target, and that the
 * target exists; a resource never sees a request for which one of these fails. Both methods run on a thread of the web server, several at
 * a time. A resource that throws answers 500 and is logged; no other resource is affected.
 *
 * <p>To describe itself, a resource adds the property {@link #OPENAPI}; to appear on the page, it adds
 * {@link org.catseye.web.WebContext#PAGE_MODULE}.
 */
@ConsumerType
public interface TargetResource {

    /** Service property, a String: the path segment after the target's id, such as {@code power}. Letters, digits, dot and dash. */
    String NAME = "catseye.target.resource";

    /**
     * Service property of any service, a String: path of a JSON file inside the registering bundle, an OpenAPI document of which {@code paths}
     * and {@code components} are merged into {@code /api/v1/openapi.json} while the service is registered.
     */
    String OPENAPI = "catseye.openapi";

    /**
     * The right that a request needs on the target. Must not block, and decides by method and path alone.
     *
     * @param method of HTTP, in capitals
     * @param subPath what follows the resource's name: empty, or begins with a slash; as in the request line, not decoded
     */
    Permission requiredPermission(String method, String subPath);

    /**
     * Answers a request.
     *
     * @throws IOException if the client is gone
     */
    void serve(TargetRequest request) throws IOException;
}
