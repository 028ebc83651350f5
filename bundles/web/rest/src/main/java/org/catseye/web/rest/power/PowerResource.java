package org.catseye.web.rest.power;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.http.TargetJson;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerException;
import org.catseye.power.PowerHub;
import org.catseye.power.PowerState;
import org.catseye.services.ByTarget;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.JsonBody;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code power}: whether a target's computer is on, and its buttons. */
@Component(service = TargetResource.class, property = {TargetResource.NAME + "=power", TargetResource.OPENAPI + "=/openapi/power.json"})
public final class PowerResource implements TargetResource {

    private static final String ACTION = "action";

    private final Audit audit;
    private final ByTarget<PowerHub> hubs = new ByTarget<>();

    @Activate
    public PowerResource(@Reference Audit audit) {
        this.audit = audit;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHub(PowerHub hub, Map<String, Object> properties) {
        hubs.add(properties, hub);
    }

    void unbindHub(Map<String, Object> properties) {
        hubs.remove(properties);
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.POWER;
    }

    @Override
    public Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() ? Set.of("GET", "POST") : Set.of();
    }

    /** A button gives no power over Catseye itself, and must work in a hurry. */
    @Override
    public boolean requiresProof(String method, String subPath) {
        return false;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        try {
            if (request.request().getMethod().equals("POST")) {
                performAction(request, readAction(JsonBody.readBody(request.request(), Set.of(ACTION))));
            }
            PowerState state = readState(request.targetId());
            ApiServlet.sendJson(request.response(), 200, json -> {
                json.writeStartObject();
                TargetJson.writePower(json, state);
                json.writeEndObject();
            });
        } catch (ApiException e) {
            ApiServlet.sendError(request.response(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ApiServlet.sendError(request.response(), new ApiException(503, "stopping", "The server is shutting down."));
        }
    }

    private static PowerAction readAction(JsonBody body) throws ApiException {
        return PowerAction.findByPublicName(body.requireText(ACTION)).orElseThrow(() -> new ApiException(400, "bad_field",
                "The field \"action\" has to be one of " + PowerAction.formatNames(List.of(PowerAction.values())) + "."));
    }

    private PowerState readState(String target) throws InterruptedException {
        PowerHub hub = hubs.findBest(target).orElse(null);
        return hub == null ? PowerState.ABSENT : hub.readState();
    }

    private void performAction(TargetRequest request, PowerAction action) throws ApiException, InterruptedException {
        // For a failure that nothing below describes.
        String result = "failed";
        try {
            PowerHub hub = hubs.findBest(request.targetId())
                    .orElseThrow(() -> new PowerException(PowerException.Reason.UNSUPPORTED, PowerState.ABSENT.reason()));
            hub.performAction(action);
            result = "done";
        } catch (PowerException e) {
            result = e.getMessage();
            throw toApiException(e);
        } finally {
            // Not "action", which is the entry's own.
            audit.record("power.action", request.session().user(), request.request().getRemoteAddr(),
                    Map.of("target", request.targetId(), "tried", action.publicName(), "result", result));
        }
    }

    private static ApiException toApiException(PowerException e) {
        return switch (e.reason()) {
            case UNSUPPORTED -> new ApiException(409, "unsupported_action", e.getMessage());
            case BUSY -> new ApiException(409, "busy", e.getMessage());
            case TOO_OFTEN -> new ApiException(429, "too_many_requests", e.getMessage(), Map.of("Retry-After", Long.toString(e.retryAfter().toSeconds())));
            case FAILED -> new ApiException(502, "power_failed", e.getMessage());
        };
    }
}
