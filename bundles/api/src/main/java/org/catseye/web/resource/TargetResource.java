package org.catseye.web.resource;

import java.io.IOException;
import java.util.Set;
import org.catseye.access.Permission;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A resource at {@code /api/v1/targets/{id}/<name>} and at the paths below it. A service with the property {@value #NAME}. It serves every
 * target, or with the property {@link org.catseye.targets.Target#ID} that target only. Of several with one name, those of the target come
 * before those of every target; among these the one with the highest service ranking serves, then the oldest.
 *
 * <p>Before {@link #serve} the dispatcher has checked, in this order: the caller is logged in, has {@link #requiredPermission} on the target,
 * the target exists, the method is one of {@link #allowedMethods}, and the user has proved recently who they are if
 * {@link #requiresProof} asks for it. A resource never receives a request for which one of these fails. All methods run on threads of the web
 * server, several at a time. If a resource throws, the request is answered with 500 and the failure is logged; no other resource is affected.
 *
 * <p>To describe itself, a resource adds the property {@link #OPENAPI}; to appear on the page, it adds
 * {@link org.catseye.web.WebContext#PAGE_MODULE}.
 */
@ConsumerType
public interface TargetResource {

    /** Service property, a String: the path segment after the target's id, such as {@code power}. Up to 64 letters, digits, dots and dashes. */
    String NAME = "catseye.target.resource";

    /**
     * Service property of any service, a String: path of a JSON file inside the registering bundle, an OpenAPI document. Its {@code paths} and
     * {@code components} are merged into {@code /api/v1/openapi.json} while the service is registered.
     */
    String OPENAPI = "catseye.openapi";

    /**
     * The right that a request needs on the target. Must not block, and decides by method and path alone. A resource may require a further right
     * in {@link #serve}.
     *
     * @param method of HTTP, in capitals; {@code GET} for HEAD and OPTIONS too
     * @param subPath what follows the resource's name: empty, or begins with a slash; as in the request line, not decoded. No segment is empty,
     *     consists of dots or contains an encoded slash, backslash, dot, percent sign or control character
     */
    Permission requiredPermission(String method, String subPath);

    /**
     * The methods that are served at a path. The dispatcher answers others with 405, OPTIONS itself, and serves HEAD where GET is served. Must not
     * block.
     *
     * @param subPath as in {@link #requiredPermission}
     * @return empty if nothing is served there, which is answered with 404
     */
    default Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() ? Set.of("GET") : Set.of();
    }

    /**
     * Whether a request needs a recent proof of who the user is. Required of every change by default; to be overridden for changes that give no
     * power, so that they also work long after the login. Must not block.
     *
     * @param method and {@code subPath} as in {@link #requiredPermission}
     */
    default boolean requiresProof(String method, String subPath) {
        return !method.equals("GET");
    }

    /**
     * Answers a request.
     *
     * @throws IOException if the client has disconnected
     */
    void serve(TargetRequest request) throws IOException;
}
