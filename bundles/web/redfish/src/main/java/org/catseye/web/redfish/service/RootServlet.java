package org.catseye.web.redfish.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.catseye.http.RedfishError;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.route.RedfishJson;
import org.catseye.web.redfish.route.RedfishPaths;
import org.catseye.web.redfish.route.RedfishRequest;
import org.catseye.web.redfish.route.RedfishServlet;
import org.catseye.web.redfish.route.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The service root, which has the links to everything else. Also answers paths that no other servlet of the service has. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({RedfishError.PATH, RedfishError.PATH + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class RootServlet extends RedfishServlet {

    private static final long serialVersionUID = 1;

    private final transient ServiceUuid uuid;

    @Activate
    public RootServlet(@Reference ServiceUuid uuid) {
        this.uuid = uuid;
    }

    @Override
    public List<Route> listRoutes() {
        return List.of(Route.ofReading(RedfishError.PATH, RootServlet::listVersions), Route.ofReading(RedfishPaths.ROOT, this::describeRoot),
                Route.ofReading(RedfishPaths.ROOT + "/odata", RootServlet::describeOdata),
                Route.ofReading(RedfishPaths.ROOT + "/$metadata", RootServlet::describeMetadata));
    }

    private static void listVersions(RedfishRequest request) throws IOException {
        request.sendJson(200, RedfishJson.newObject().put("v1", request.link(RedfishPaths.ROOT + "/")));
    }

    private void describeRoot(RedfishRequest request) throws IOException {
        ObjectNode json = RedfishJson.newResource(request.link(RedfishPaths.ROOT), "ServiceRoot.v1_5_0.ServiceRoot", "RootService", "Catseye")
                .put("RedfishVersion", "1.6.0").put("UUID", uuid.value().toString()).put("Vendor", "Catseye").put("Product", "Catseye KVM over IP");
        ObjectNode features = json.putObject("ProtocolFeaturesSupported");
        for (String query : List.of("FilterQuery", "SelectQuery", "OnlyMemberQuery", "ExcerptQuery")) {
            features.put(query, false);
        }
        features.putObject("ExpandQuery").put("ExpandAll", false).put("Levels", false).put("Links", false).put("NoLinks", false);
        json.set("Systems", request.reference(RedfishPaths.SYSTEMS));
        json.set("Managers", request.reference(RedfishPaths.MANAGERS));
        json.set("SessionService", request.reference(RedfishPaths.SESSION_SERVICE));
        json.set("Tasks", request.reference(RedfishPaths.TASK_SERVICE));
        json.putObject("Links").set("Sessions", request.reference(RedfishPaths.SESSIONS));
        request.sendResource(json);
    }

    private static void describeOdata(RedfishRequest request) throws IOException {
        ObjectNode json = RedfishJson.newObject().put("@odata.context", request.link(RedfishPaths.ROOT + "/$metadata"));
        ArrayNode services = json.putArray("value");
        Map<String, String> paths = Map.of("Service", RedfishPaths.ROOT, "Systems", RedfishPaths.SYSTEMS, "Managers", RedfishPaths.MANAGERS,
                "SessionService", RedfishPaths.SESSION_SERVICE, "Sessions", RedfishPaths.SESSIONS, "Tasks", RedfishPaths.TASK_SERVICE);
        paths.keySet().stream().sorted().forEach(name -> services.addObject().put("name", name).put("kind", "Singleton").put("url", request.link(paths.get(name))));
        request.sendJson(200, json);
    }

    private static void describeMetadata(RedfishRequest request) throws IOException {
        request.sendContent(200, "application/xml; charset=utf-8", Metadata.toXml().getBytes(StandardCharsets.UTF_8));
    }
}
