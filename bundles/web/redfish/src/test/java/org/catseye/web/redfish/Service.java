package org.catseye.web.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.targets.Target;
import org.catseye.testkit.FakeAccess;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.access.VisibleTargets;
import org.catseye.web.redfish.route.RedfishServlet;
import org.osgi.framework.Constants;

/** The servlets of the service, with two targets. The user ann has VIEW on bay1. */
public final class Service {

    private static final ObjectMapper JSON = new ObjectMapper();

    public final FakeAccess access = new FakeAccess();
    public final VisibleTargets targets = new VisibleTargets(access);
    public final Session ann = access.open("t", "ann");
    private final List<RedfishServlet> servlets = new ArrayList<>();

    public Service() {
        access.allow(ann, Permission.VIEW, "bay1");
        targets.bindTarget(target("bay1", "Web server"), Map.of(Target.ID, "bay1", Constants.SERVICE_ID, 1L));
        targets.bindTarget(target("bay2", "Mail server"), Map.of(Target.ID, "bay2", Constants.SERVICE_ID, 2L));
    }

    private static Target target(String id, String label) {
        return new Target() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String label() {
                return label;
            }

            @Override
            public Set<Capability> presentCapabilities() {
                return Set.of();
            }
        };
    }

    /** The first one that has the path serves it. */
    public Service add(RedfishServlet servlet) {
        servlets.add(servlet);
        return this;
    }

    public void allow(Permission... permissions) {
        for (Permission permission : permissions) {
            access.allow(ann, permission, "bay1");
        }
    }

    public FakeExchange exchange(String method, String path) {
        return new FakeExchange(method, path).attribute(WebContext.SESSION, ann).attribute(WebContext.PROVED, true).header("Host", "192.0.2.1:8080");
    }

    public FakeExchange ask(String method, String path, String body) throws IOException {
        return ask(body.isEmpty() ? exchange(method, path) : exchange(method, path).body("application/json", body));
    }

    public FakeExchange ask(FakeExchange exchange) throws IOException {
        String path = exchange.request().getRequestURI().replaceFirst("(?<=.)/$", "");
        RedfishServlet servlet = servlets.stream().filter(one -> one.listRoutes().stream().anyMatch(route -> route.template().matchPath(path).isPresent()))
                .findFirst().orElse(servlets.get(0));
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    public JsonNode get(String path) throws IOException {
        return JSON.readTree(ask("GET", path, "").text());
    }

    /** Status and key of the registry's message. */
    public static String describeError(FakeExchange exchange) throws IOException {
        JsonNode error = JSON.readTree(exchange.text()).get("error");
        JsonNode message = error.get("@Message.ExtendedInfo").get(0);
        if (!error.get("code").equals(message.get("MessageId")) || !error.get("message").equals(message.get("Message"))) {
            throw new AssertionError(error);
        }
        return exchange.status() + " " + message.get("MessageId").asText().replaceFirst("^Base\\.[0-9]+\\.[0-9]+\\.", "");
    }
}
