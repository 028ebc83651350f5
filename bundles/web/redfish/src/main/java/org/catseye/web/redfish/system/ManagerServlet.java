package org.catseye.web.redfish.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.catseye.targets.Target;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.access.VisibleTargets;
import org.catseye.web.redfish.media.VirtualMedia;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishJson;
import org.catseye.web.redfish.route.RedfishPaths;
import org.catseye.web.redfish.route.RedfishRequest;
import org.catseye.web.redfish.route.RedfishServlet;
import org.catseye.web.redfish.route.Route;
import org.catseye.web.redfish.service.ServiceUuid;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * One manager for each system: the part of this device that serves it. A client that looks for the drives of a system takes those of its manager. With
 * one manager for all systems it would find the drives of all computers there, and could insert an image into the wrong one.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({RedfishPaths.MANAGERS, RedfishPaths.MANAGERS + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class ManagerServlet extends RedfishServlet {

    private static final long serialVersionUID = 1;

    private final transient VisibleTargets targets;
    private final transient VirtualMedia media;
    private final transient ServiceUuid uuid;
    private final String version;

    @Activate
    public ManagerServlet(BundleContext context, @Reference VisibleTargets targets, @Reference VirtualMedia media, @Reference ServiceUuid uuid) {
        this(Optional.ofNullable(context.getProperty("catseye.version")).orElse(context.getBundle().getVersion().toString()), targets, media, uuid);
    }

    /** @param version of Catseye */
    public ManagerServlet(String version, VisibleTargets targets, VirtualMedia media, ServiceUuid uuid) {
        this.version = version;
        this.targets = targets;
        this.media = media;
        this.uuid = uuid;
    }

    @Override
    public List<Route> listRoutes() {
        List<Route> routes = new ArrayList<>(List.of(Route.ofReading(RedfishPaths.MANAGERS, this::listManagers),
                Route.ofReading(RedfishPaths.MANAGERS + "/{id}", this::describeManager)));
        routes.addAll(media.listRoutes(RedfishPaths.MANAGERS));
        return routes;
    }

    private void listManagers(RedfishRequest request) throws RedfishException, IOException {
        request.sendResource(RedfishJson.newCollection(request, RedfishPaths.MANAGERS, "Manager", "Managers", targets.listTargets(request)));
    }

    private void describeManager(RedfishRequest request) throws RedfishException, IOException {
        Target target = targets.requireTarget(request);
        ObjectNode json = RedfishJson.newResource(request.link(RedfishPaths.MANAGERS + "/" + target.id()), "Manager.v1_9_0.Manager", target.id(),
                "Catseye for " + target.label());
        String service = uuid.value().toString();
        json.put("ManagerType", "ManagementController").put("Model", "Catseye KVM over IP").put("Manufacturer", "Catseye").put("FirmwareVersion", version)
                .put("PowerState", "On").put("UUID", UUID.nameUUIDFromBytes((service + target.id()).getBytes(StandardCharsets.UTF_8)).toString())
                .put("ServiceEntryPointUUID", service).put("DateTime", RedfishJson.formatTime(Instant.now())).put("DateTimeLocalOffset", "+00:00");
        RedfishJson.addStatus(json);
        json.set("VirtualMedia", request.reference(VirtualMedia.collectionPath(RedfishPaths.MANAGERS, target)));
        json.putObject("Links").put("ManagerForServers@odata.count", 1).putArray("ManagerForServers").add(request.reference(RedfishPaths.SYSTEMS + "/" + target.id()));
        request.sendResource(json);
    }
}
