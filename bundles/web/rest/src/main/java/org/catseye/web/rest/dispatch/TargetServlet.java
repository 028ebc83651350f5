package org.catseye.web.rest.dispatch;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.http.Problem;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/targets/{id}/<name>}: checks the caller's right on the target and hands the request to the {@link TargetResource} of this name.
 * A caller without the right gets the same answer whether the target or the resource exists or not.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardServletPattern(TargetPath.PREFIX + "*")
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class TargetServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(TargetServlet.class);

    private final transient AccessControl access;
    private final transient Targets targets;
    private final transient TargetResources resources;

    @Activate
    public TargetServlet(@Reference AccessControl access, @Reference Targets targets, @Reference TargetResources resources) {
        this.access = access;
        this.targets = targets;
        this.resources = resources;
    }

    @Override
    public void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Session session = ApiServlet.requireSession(request);
            TargetPath path = TargetPath.parse(request.getRequestURI()).orElseThrow(TargetServlet::nothingHere);
            dispatch(path, new TargetRequest(path.targetId(), session, path.subPath(), request, response));
        } catch (ApiException e) {
            ApiServlet.sendError(response, e);
        } catch (RuntimeException | LinkageError e) {
            reportFailure(request, response, e);
        } catch (IOException e) {
            if (response.isCommitted()) {
                throw e;
            }
            reportFailure(request, response, e);
        }
    }

    private void dispatch(TargetPath path, TargetRequest request) throws ApiException, IOException {
        String method = request.request().getMethod();
        String permittedAs = method.equals("HEAD") || method.equals("OPTIONS") ? "GET" : method;
        Optional<TargetResource> found = resources.findResource(path.resource(), path.targetId());
        // Not by Optional.map: a resource that returns null must fail, not fall back to a lesser right.
        Permission needed = found.isEmpty() ? Permission.VIEW
                : Objects.requireNonNull(found.get().requiredPermission(permittedAs, path.subPath()), "the resource requires no permission");
        requirePermission(request.session(), needed, path.targetId());
        if (!targets.isKnown(path.targetId())) {
            throw new ApiException(404, "unknown_target", "There is no target \"" + path.targetId() + "\"; /api/v1/targets lists them.");
        }
        TargetResource resource = found.orElseThrow(() -> new ApiException(404, "not_found", "There is no resource \"" + path.resource()
                + "\" of this target. It has: " + String.join(", ", resources.listNames(path.targetId())) + "."));
        Set<String> methods = allowedMethods(resource, path.subPath());
        if (!methods.contains(method)) {
            throw new ApiException(405, "method_not_allowed", "Served here: " + String.join(", ", methods) + ".", Map.of("Allow", String.join(", ", methods)));
        }
        if (method.equals("OPTIONS")) {
            request.response().setStatus(204);
            request.response().setHeader("Allow", String.join(", ", methods));
            return;
        }
        if (resource.requiresProof(permittedAs, path.subPath())) {
            ApiServlet.requireRecentProof(request.request());
        }
        resource.serve(request);
    }

    private void requirePermission(Session session, Permission permission, String targetId) throws ApiException {
        if (!access.hasPermission(session, permission, targetId)) {
            throw new ApiException(403, "forbidden", "This needs the right " + permission + " on the target.");
        }
    }

    /** In alphabetical order, with HEAD and OPTIONS. */
    private static Set<String> allowedMethods(TargetResource resource, String subPath) throws ApiException {
        Set<String> methods = new TreeSet<>(resource.allowedMethods(subPath));
        if (methods.isEmpty()) {
            throw nothingHere();
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return methods;
    }

    private static ApiException nothingHere() {
        return new ApiException(404, "not_found", "There is nothing here; see /api/v1/openapi.json.");
    }

    private static void reportFailure(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        if (!response.isCommitted()) {
            response.resetBuffer();
            Problem.INTERNAL.send(response, 500);
        }
    }
}
