package org.catseye.web.rest.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.targets.SelfCheck;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code checks}: the self-checks of a target's devices, and the actions that users may try. Callers without CONTROL on the target learn neither
 * paths of the board nor which devices there are.
 */
@Component(property = {TargetResource.NAME + "=checks", TargetResource.OPENAPI + "=/openapi/checks.json"})
public final class ChecksResource implements TargetResource {

    private static final Pattern ACTION_PATH = Pattern.compile("/([^/]+)/actions/([^/]+)");
    /** The time that a check may take, and a second for a board that is busy. */
    private static final long CHECK_TIMEOUT_MILLIS = 2_000;
    private static final long ACTION_TIMEOUT_MILLIS = 6_000;

    private final SelfChecks checks;
    private final Targets targets;
    private final AccessControl access;
    private final Audit audit;
    private final long checkTimeoutMillis;
    private final long actionTimeoutMillis;

    @Activate
    public ChecksResource(@Reference SelfChecks checks, @Reference Targets targets, @Reference AccessControl access, @Reference Audit audit) {
        this(checks, targets, access, audit, CHECK_TIMEOUT_MILLIS, ACTION_TIMEOUT_MILLIS);
    }

    ChecksResource(SelfChecks checks, Targets targets, AccessControl access, Audit audit, long checkTimeoutMillis, long actionTimeoutMillis) {
        this.checks = checks;
        this.targets = targets;
        this.access = access;
        this.audit = audit;
        this.checkTimeoutMillis = checkTimeoutMillis;
        this.actionTimeoutMillis = actionTimeoutMillis;
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.CONTROL;
    }

    @Override
    public Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() ? Set.of("GET") : ACTION_PATH.matcher(subPath).matches() ? Set.of("POST") : Set.of();
    }

    /** Only some actions give power: {@link #performAction} decides for each. */
    @Override
    public boolean requiresProof(String method, String subPath) {
        return false;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        try {
            if (request.subPath().isEmpty()) {
                listChecks(request);
            } else {
                performAction(request);
            }
        } catch (ApiException e) {
            ApiServlet.sendError(request.response(), e);
        }
    }

    private void listChecks(TargetRequest request) throws IOException {
        String target = request.targetId();
        Map<String, CheckedDevice> devices = checks.findDevices(target);
        // All at once: together they take no longer than the slowest.
        devices.values().forEach(CheckedDevice::startCheck);
        long deadline = checkDeadline();
        ArrayNode result = ApiServlet.JSON.createArrayNode();
        devices.forEach((id, device) -> writeCheck(result.addObject().put("id", id), device.awaitResult(deadline),
                action -> access.hasPermission(request.session(), action.permission(), target)));
        targets.wrongSetting(target).filter(message -> !isListed(result, message))
                .ifPresent(message -> writeCheck(result.addObject().put("id", "settings"), describeWrongSetting(message), action -> false));
        ApiServlet.sendJson(request.response(), 200, result);
    }

    /** For devices without a self-check: their hub still reports a wrong setting. */
    private static CheckedDevice.Result describeWrongSetting(String message) {
        return new CheckedDevice.Result("Capture device", List.of(SelfCheck.Item.failed("Settings", message,
                "Correct it in the web console (OSGi, Configuration), or in its file in the folder config of the home.")), List.of());
    }

    private static boolean isListed(ArrayNode devices, String message) {
        return devices.findValuesAsText("description").contains(message);
    }

    /** @param permitted whether the caller may perform an action; others would be dead buttons */
    private static void writeCheck(ObjectNode node, CheckedDevice.Result result, Predicate<SelfCheck.Action> permitted) {
        node.put("title", result.title());
        ArrayNode items = node.putArray("items");
        for (SelfCheck.Item item : result.items()) {
            items.addObject().put("name", item.name()).put("ok", item.ok()).put("description", item.description()).put("remedy", item.remedy());
        }
        ArrayNode actions = node.putArray("actions");
        result.actions().stream().filter(permitted).forEach(action ->
                actions.addObject().put("id", action.id()).put("label", action.label()).put("description", action.description()));
    }

    private void performAction(TargetRequest request) throws ApiException {
        Matcher path = ACTION_PATH.matcher(request.subPath());
        if (!path.matches()) {
            throw unknownAction();
        }
        String id = decodeSegment(path.group(1));
        CheckedDevice device = checks.findDevices(request.targetId()).get(id);
        SelfCheck.Action action = Optional.ofNullable(device).flatMap(found -> findAction(found, decodeSegment(path.group(2))))
                .orElseThrow(ChecksResource::unknownAction);
        if (!access.hasPermission(request.session(), action.permission(), request.targetId())) {
            throw new ApiException(403, "forbidden", "This needs the right " + action.permission() + " on the target.");
        }
        if (action.permission().needsProof()) {
            ApiServlet.requireRecentProof(request.request());
        }
        String result = "done";
        try {
            device.performAction(action.id(), actionTimeoutMillis);
            request.response().setStatus(204);
        } catch (ApiException e) {
            result = e.getMessage();
            throw e;
        } finally {
            // Not "action", which is the entry's own.
            audit.record("check.action", request.session().user(), request.request().getRemoteAddr(),
                    Map.of("target", request.targetId(), "check", id, "tried", action.id(), "result", result));
        }
    }

    private static ApiException unknownAction() {
        return new ApiException(404, "unknown_action", "There is no such check or action; the list of checks names them.");
    }

    /** The dispatcher has checked that each percent sign begins an encoded byte. */
    private static String decodeSegment(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Optional<SelfCheck.Action> findAction(CheckedDevice device, String id) {
        device.startCheck();
        return device.awaitResult(checkDeadline()).actions().stream().filter(action -> action.id().equals(id)).findFirst();
    }

    private long checkDeadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(checkTimeoutMillis);
    }
}
