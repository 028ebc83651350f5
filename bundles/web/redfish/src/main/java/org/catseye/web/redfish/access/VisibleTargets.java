package org.catseye.web.redfish.access;

import java.util.List;
import java.util.Map;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.services.ByTarget;
import org.catseye.targets.Target;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The targets, as far as a caller may see them, and the caller's rights on them. Thread-safe. */
@Component(service = VisibleTargets.class)
public final class VisibleTargets {

    private final AccessControl access;
    private final ByTarget<Target> targets = new ByTarget<>();

    @Activate
    public VisibleTargets(@Reference AccessControl access) {
        this.access = access;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindTarget(Target target, Map<String, Object> properties) {
        targets.add(properties, target);
    }

    void unbindTarget(Map<String, Object> properties) {
        targets.remove(properties);
    }

    /** The ids of the targets that the caller may view. */
    public List<String> listTargets(RedfishRequest request) throws RedfishException {
        Session session = request.session();
        return targets.listTargets().stream().filter(id -> access.hasPermission(session, Permission.VIEW, id)).toList();
    }

    /**
     * The target of the variable {@code id}.
     *
     * @throws RedfishException 404, whether the target doesn't exist or the caller may not view it
     */
    public Target requireTarget(RedfishRequest request) throws RedfishException {
        String id = request.variables().get("id");
        if (!access.hasPermission(request.session(), Permission.VIEW, id)) {
            throw RedfishException.ofMissing(request.path());
        }
        return targets.findBest(id).orElseThrow(() -> RedfishException.ofMissing(request.path()));
    }

    public boolean hasRight(RedfishRequest request, Permission permission, Target target) throws RedfishException {
        return access.hasPermission(request.session(), permission, target.id());
    }

    /** @throws RedfishException 403 */
    public void requireRight(RedfishRequest request, Permission permission, Target target) throws RedfishException {
        if (!hasRight(request, permission, target)) {
            throw RedfishException.ofMissingRight("This needs the right " + permission + " on the target " + target.id() + ".");
        }
    }
}
