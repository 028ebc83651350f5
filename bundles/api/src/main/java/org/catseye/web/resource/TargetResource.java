package org.catseye.web.resource;

import java.io.IOException;
import java.util.Set;
import org.catseye.access.Permission;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A REST resource at {@code /api/v1/targets/{id}/<name>} and at all paths below. Register it as a service with the property
 * {@value #NAME}. It serves all targets, or a single one if it also has the property {@link org.catseye.targets.Target#ID}. If
 * several resources have the same name, one for the specific target takes precedence over one for all targets. Among those, the
 * one with the highest service ranking is used, then the oldest.
 *
 * <p>Before it calls {@link #serve}, the dispatcher checks in this order that the caller is logged in and has
 * {@link #requiredPermission} on the target, that the target exists, that the method is one of {@link #allowedMethods}, and that
 * the user confirmed their identity recently if {@link #requiresProof} demands it. A resource never receives a request that fails
 * one of these checks. Methods are called on threads of the web server, possibly several at a time. If a resource throws, the
 * response is 500 and the failure is logged; other resources are not affected.
 *
 * <p>To publish a description of its API, a resource adds the property {@link #OPENAPI}. To appear on the console page, it adds
 * {@link org.catseye.web.WebContext#PAGE_MODULE}.
 */
@ConsumerType
public interface TargetResource {

    /**
     * Service property, a String: the path segment after the target's id, such as {@code power}. Up to 64 letters, digits, dots
     * and dashes.
     */
    String NAME = "catseye.target.resource";

    /**
     * Service property of any service, a String: the path of an OpenAPI document (JSON) inside the registering bundle. Its
     * {@code paths} and {@code components} are included in {@code /api/v1/openapi.json} while the service is registered.
     */
    String OPENAPI = "catseye.openapi";

    /**
     * The permission that a request needs on the target. Must depend only on the method and the path. Must not block. A resource
     * may check for further permissions in {@link #serve}.
     *
     * @param method the HTTP method in upper case; {@code GET} for HEAD and OPTIONS too
     * @param subPath the path after the name of the resource: empty, or starts with a slash; as in the request line, not decoded.
     *     No segment is empty, consists only of dots, or contains an encoded slash, backslash, dot, percent sign or control
     *     character
     */
    Permission requiredPermission(String method, String subPath);

    /**
     * The HTTP methods that a path supports. The dispatcher answers other methods with 405. It answers OPTIONS itself, and
     * supports HEAD wherever GET is supported. Must not block.
     *
     * @param subPath as in {@link #requiredPermission}
     * @return empty if the path does not exist, which is answered with 404
     */
    default Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() ? Set.of("GET") : Set.of();
    }

    /**
     * Whether a request requires the user to have confirmed their identity recently. By default every request other than GET
     * does. Override this method for changes that are not security-sensitive, so that they work at any time after login. Must not
     * block.
     *
     * @param method as in {@link #requiredPermission}
     * @param subPath as in {@link #requiredPermission}
     */
    default boolean requiresProof(String method, String subPath) {
        return !method.equals("GET");
    }

    /**
     * Answers a request. May block.
     *
     * @throws IOException if the client has disconnected
     */
    void serve(TargetRequest request) throws IOException;
}
