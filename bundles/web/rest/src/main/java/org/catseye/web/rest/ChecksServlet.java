package org.catseye.web.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.web.WebContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterRegex;

/**
 * What a target's devices find when they look at themselves, and what people may try. A filter, for the tree below a target is the socket
 * bundle's and servlet patterns know no variables; what comes here goes no further.
 *
 * <p>Whoever may not control the target learns nothing: neither paths of the board nor which devices there are.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterRegex(Endpoints.CHECKS_REGEX)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class ChecksServlet extends RoutedServlet implements Filter {

    private static final long serialVersionUID = 1;
    /** What a check may take, and a second for a board that has much to do. */
    private static final long LOOK_MILLIS = 2_000;
    private static final long ACT_MILLIS = 6_000;

    private final transient Checks checks;
    private final transient Targets targets;
    private final transient AccessControl access;
    private final transient Audit audit;
    private final long lookMillis;
    private final long actMillis;

    @Activate
    public ChecksServlet(@Reference Checks checks, @Reference Targets targets, @Reference AccessControl access, @Reference Audit audit) {
        this(checks, targets, access, audit, LOOK_MILLIS, ACT_MILLIS);
    }

    ChecksServlet(Checks checks, Targets targets, AccessControl access, Audit audit, long lookMillis, long actMillis) {
        this.checks = checks;
        this.targets = targets;
        this.access = access;
        this.audit = audit;
        this.lookMillis = lookMillis;
        this.actMillis = actMillis;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        service(request, response);
    }

    @Override
    List<Route> routes() {
        return List.of(new Route(Endpoints.CHECKS, Map.of("GET", guarded(this::list))),
                new Route(Endpoints.CHECKS + "/{check}/actions/{action}", Map.of("POST", withoutProof(guarded(this::act)))));
    }

    private void list(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        String target = variable(request, "id");
        need(by, Permission.CONTROL, target);
        Map<String, CheckedDevice> devices = checks.of(target);
        if (devices.isEmpty() && !(target.matches(Target.ID_PATTERN) && targets.known(target))) {
            throw new ApiException(404, "unknown_target", "There is no such target; /api/v1/targets lists them.");
        }
        // All at once: together they take no longer than the slowest.
        devices.values().forEach(CheckedDevice::begin);
        long end = end();
        ArrayNode result = JSON.createArrayNode();
        devices.forEach((id, device) -> write(result.addObject().put("id", id), device.found(end),
                action -> access.hasPermission(by.session(), action.permission(), target)));
        targets.wrongSetting(target).filter(words -> !said(result, words)).ifPresent(words -> write(result.addObject().put("id", "settings"), wrong(words), action -> false));
        send(response, 200, result);
    }

    /** Not every device looks at itself; what its hub knows of its configuration is told all the same. */
    private static CheckedDevice.Found wrong(String words) {
        return new CheckedDevice.Found("Capture device", List.of(SelfCheck.Item.failed("Settings", words,
                "Correct it in the web console (OSGi, Configuration), or in its file in the folder config of the home.")), List.of());
    }

    private static boolean said(ArrayNode devices, String words) {
        return devices.findValuesAsText("description").contains(words);
    }

    /** @param permitted whether the caller may do an action; what he may not would be a dead button */
    private static void write(ObjectNode node, CheckedDevice.Found found, Predicate<SelfCheck.Action> permitted) {
        node.put("title", found.title());
        ArrayNode items = node.putArray("items");
        for (SelfCheck.Item item : found.items()) {
            items.addObject().put("name", item.name()).put("ok", item.ok()).put("description", item.description()).put("remedy", item.remedy());
        }
        ArrayNode actions = node.putArray("actions");
        found.actions().stream().filter(permitted).forEach(action ->
                actions.addObject().put("id", action.id()).put("label", action.label()).put("description", action.description()));
    }

    private void act(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException {
        String target = variable(request, "id");
        String id = variable(request, "check");
        CheckedDevice device = checks.of(target).get(id);
        Optional<SelfCheck.Action> action = device == null ? Optional.empty() : find(device, variable(request, "action"));
        // Who may not even read is told the same whether there is such an action or not.
        need(by, action.map(SelfCheck.Action::permission).orElse(Permission.CONTROL), target);
        if (action.map(SelfCheck.Action::permission).filter(Permission::needsProof).isPresent()) {
            needProof(request);
        }
        if (action.isEmpty()) {
            throw new ApiException(404, "unknown_action", "There is no such check or action; the list of checks names them.");
        }
        String result = "done";
        try {
            device.act(action.get().id(), actMillis);
            response.setStatus(204);
        } catch (ApiException e) {
            result = e.getMessage();
            throw e;
        } finally {
            // Not "action", which is the entry's own.
            audit.record("check.action", by.session().user(), by.address(), Map.of("target", target, "check", id, "tried", action.get().id(), "result", result));
        }
    }

    private Optional<SelfCheck.Action> find(CheckedDevice device, String action) {
        device.begin();
        return device.found(end()).actions().stream().filter(known -> known.id().equals(action)).findFirst();
    }

    private long end() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lookMillis);
    }

    private void need(Caller by, Permission permission, String target) throws ApiException {
        if (!access.hasPermission(by.session(), permission, target)) {
            throw new ApiException(403, "forbidden", "This needs the right " + permission + " on the target.");
        }
    }
}
