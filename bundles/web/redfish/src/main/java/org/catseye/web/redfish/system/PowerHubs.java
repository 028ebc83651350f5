package org.catseye.web.redfish.system;

import java.util.Map;
import java.util.Optional;
import org.catseye.access.Audit;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerException;
import org.catseye.power.PowerHub;
import org.catseye.power.PowerState;
import org.catseye.services.ByTarget;
import org.catseye.web.redfish.route.RedfishException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The power of the targets. Thread-safe. */
@Component(service = PowerHubs.class)
public final class PowerHubs {

    private final Audit audit;
    private final ByTarget<PowerHub> hubs = new ByTarget<>();

    @Activate
    public PowerHubs(@Reference Audit audit) {
        this.audit = audit;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHub(PowerHub hub, Map<String, Object> properties) {
        hubs.add(properties, hub);
    }

    void unbindHub(Map<String, Object> properties) {
        hubs.remove(properties);
    }

    PowerState readState(String target) throws InterruptedException {
        PowerHub hub = hubs.findBest(target).orElse(null);
        return hub == null ? PowerState.ABSENT : hub.readState();
    }

    /** Performs a reset and records it, also one that changes nothing. */
    void performReset(ResetType type, String target, String user, String address) throws RedfishException, InterruptedException {
        // For a failure that nothing below describes.
        String result = "failed";
        String tried = type.publicName();
        try {
            Optional<PowerAction> action = type.chooseAction(readState(target));
            if (action.isPresent()) {
                tried = action.get().publicName();
                findHub(target).performAction(action.get());
            }
            result = "done";
        } catch (PowerException e) {
            result = e.getMessage();
            throw toRedfishException(e);
        } catch (RedfishException e) {
            result = e.getMessage();
            throw e;
        } finally {
            audit.record("power.action", user, address, Map.of("target", target, "tried", tried, "by", "Redfish", "result", result));
        }
    }

    private PowerHub findHub(String target) throws PowerException {
        return hubs.findBest(target).orElseThrow(() -> new PowerException(PowerException.Reason.UNSUPPORTED, PowerState.ABSENT.reason()));
    }

    private static RedfishException toRedfishException(PowerException e) {
        return switch (e.reason()) {
            case UNSUPPORTED -> RedfishException.ofMessage(409, e.getMessage());
            case BUSY -> RedfishException.ofBusy(409, e.getMessage(), 5);
            case TOO_OFTEN -> RedfishException.ofBusy(429, e.getMessage(), e.retryAfter().toSeconds());
            case FAILED -> RedfishException.ofMessage(502, e.getMessage());
        };
    }
}
