package org.catseye.web.redfish.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.power.PowerCondition;
import org.catseye.power.PowerState;
import org.catseye.targets.Target;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.access.VisibleTargets;
import org.catseye.web.redfish.media.VirtualMedia;
import org.catseye.web.redfish.route.Parameters;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishJson;
import org.catseye.web.redfish.route.RedfishPaths;
import org.catseye.web.redfish.route.RedfishRequest;
import org.catseye.web.redfish.route.RedfishServlet;
import org.catseye.web.redfish.route.Route;
import org.catseye.web.redfish.task.Tasks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** One system for each target that the caller may view. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({RedfishPaths.SYSTEMS, RedfishPaths.SYSTEMS + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class SystemServlet extends RedfishServlet {

    private static final long serialVersionUID = 1;
    private static final String RESET = "/Actions/ComputerSystem.Reset";
    private static final String RESET_TYPE = "ResetType";

    private final transient VisibleTargets targets;
    private final transient PowerHubs power;
    private final transient VirtualMedia media;
    private final transient Tasks tasks;

    @Activate
    public SystemServlet(@Reference VisibleTargets targets, @Reference PowerHubs power, @Reference VirtualMedia media, @Reference Tasks tasks) {
        this.targets = targets;
        this.power = power;
        this.media = media;
        this.tasks = tasks;
    }

    @Override
    public List<Route> listRoutes() {
        List<Route> routes = new ArrayList<>(List.of(Route.ofReading(RedfishPaths.SYSTEMS, this::listSystems),
                new Route(RedfishPaths.SYSTEMS + "/{id}", Map.of("GET", this::describeSystem, "PATCH", this::changeSystem)),
                Route.ofAction(RedfishPaths.SYSTEMS + "/{id}" + RESET, this::reset)));
        routes.addAll(media.listRoutes(RedfishPaths.SYSTEMS));
        return routes;
    }

    private void listSystems(RedfishRequest request) throws RedfishException, IOException {
        request.sendResource(RedfishJson.newCollection(request, RedfishPaths.SYSTEMS, "ComputerSystem", "Remote computers", targets.listTargets(request)));
    }

    private void describeSystem(RedfishRequest request) throws RedfishException, IOException, InterruptedException {
        Target target = targets.requireTarget(request);
        PowerState state = power.readState(target.id());
        String path = RedfishPaths.SYSTEMS + "/" + target.id();
        ObjectNode json = RedfishJson.newResource(request.link(path), "ComputerSystem.v1_13_0.ComputerSystem", target.id(), target.label());
        json.put("Description", "A remote computer").put("SystemType", "Physical");
        writePower(json, state);
        BootOverride.writeBoot(json);
        json.set("VirtualMedia", request.reference(VirtualMedia.collectionPath(RedfishPaths.SYSTEMS, target)));
        json.putObject("Links").put("ManagedBy@odata.count", 1).putArray("ManagedBy").add(request.reference(RedfishPaths.MANAGERS + "/" + target.id()));
        ObjectNode reset = json.putObject("Actions").putObject("#ComputerSystem.Reset").put("target", request.link(path + RESET));
        ResetType.listPossible(state.actions()).forEach(reset.putArray(RESET_TYPE + "@Redfish.AllowableValues")::add);
        request.sendResource(json);
    }

    /** The power state is null while it is unknown. */
    private static void writePower(ObjectNode json, PowerState state) {
        if (state.condition() == PowerCondition.UNKNOWN) {
            json.putNull("PowerState");
            return;
        }
        boolean on = state.condition() == PowerCondition.ON;
        json.put("PowerState", on ? "On" : "Off");
        json.putObject("Status").put("State", on ? "Enabled" : "Disabled");
    }

    private void reset(RedfishRequest request) throws RedfishException, IOException, InterruptedException {
        Target target = targets.requireTarget(request);
        targets.requireRight(request, Permission.POWER, target);
        Parameters body = Parameters.readParameters(request, "Reset", Set.of(RESET_TYPE));
        List<String> possible = ResetType.listPossible(power.readState(target.id()).actions());
        String name = body.requireText(RESET_TYPE);
        ResetType type = ResetType.findByName(name).filter(known -> possible.contains(name)).orElseThrow(() -> body.outsideList(RESET_TYPE, possible));
        String user = request.session().user();
        String address = request.request().getRemoteAddr();
        tasks.answerWhenDone(request, tasks.start("Reset of " + target.id(), user, task -> power.performReset(type, target.id(), user, address)));
    }

    private void changeSystem(RedfishRequest request) throws RedfishException, IOException {
        Target target = targets.requireTarget(request);
        targets.requireRight(request, Permission.POWER, target);
        BootOverride.refuseChanges(Parameters.readBody(request));
        request.response().setStatus(204);
    }
}
