package org.catseye.web.rest.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.Caller;
import org.catseye.access.Session;
import org.catseye.http.RequestHeads;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.Plugins;
import org.catseye.plugins.health.BundleWatchdog;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.media.Transfers;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The plug-ins, for administrators. Each change needs a recent proof of identity, because a plug-in can do everything that Catseye can do. */
@Component(service = Servlet.class, property = TargetResource.OPENAPI + "=/openapi/plugins.json")
@HttpWhiteboardServletPattern({Endpoints.PLUGINS, Endpoints.PLUGINS + "/*"})
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class PluginsServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;
    private static final String ID = "id";
    private static final String NAME = "name";
    /** The field with which the user agrees to the concerns of a plan. */
    private static final String UNTRUSTED = "untrusted";
    private static final int MAX_FILE_NAME_CHARS = 200;

    private final transient AccessControl access;
    private final transient Transfers transfers;
    /** The bundle that registers it starts last. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile Plugins plugins;
    /** Without it, the use of the plug-ins is not shown. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile BundleWatchdog watchdog;

    @Activate
    public PluginsServlet(@Reference AccessControl access, @Reference Transfers transfers) {
        this.access = access;
        this.transfers = transfers;
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.PLUGINS, Map.of("GET", this::listPlugins, "POST", this::planChange)),
                new Route(Endpoints.PLUGINS + "/plans/{id}", Map.of("GET", this::showPlan, "POST", this::applyPlan, "DELETE", this::discardPlan)),
                new Route(Endpoints.PLUGINS + "/{name}", Map.of("PUT", this::switchPlugin, "DELETE", this::removePlugin)),
                new Route(Endpoints.PLUGINS + "/{name}/rollback", Map.of("POST", this::restoreVersion)));
    }

    private Caller requireCaller(HttpServletRequest request) throws ApiException {
        return new Caller(requireAdmin(access, request), request.getRemoteAddr());
    }

    private <T> T call(PluginErrors.Call<Plugins, T> call) throws ApiException, IOException {
        return PluginErrors.call(plugins, "plug-ins", call);
    }

    private void listPlugins(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireAdmin(access, request);
        BundleWatchdog measuring = watchdog;
        JsonNode all = call(service -> HealthJson.addTo(PluginJson.describeAll(service.listPlugins(), service.listProductBundles(), service.listRollBacks()),
                measuring == null ? List.of() : measuring.listHealth()));
        sendJson(response, 200, all);
    }

    private void planChange(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireAdmin(access, request);
        String fileName = readParameter(request, "file").filter(name -> name.endsWith(".jar") && name.length() <= MAX_FILE_NAME_CHARS)
                .orElseThrow(() -> new ApiException(400, "bad_parameter", "The parameter \"file\" has to be the name of a file that ends with .jar."));
        transfers.start(session, request, response, () -> {
            PluginPlan plan = call(service -> service.planChange(fileName, Transfers.guardBody(session, request)));
            response.setHeader("Location", RequestHeads.findBasePath(request) + Endpoints.PLUGINS + "/plans/" + plan.id());
            sendJson(response, 201, PluginJson.describePlan(plan));
        });
    }

    /** From the query only: a parameter of the servlet API could also come from the body, which is a jar. */
    private static Optional<String> readParameter(HttpServletRequest request, String name) throws ApiException {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        try {
            return Arrays.stream(query.split("&")).filter(part -> part.startsWith(name + "=")).findFirst()
                    .map(part -> URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "bad_parameter", "The parameter \"" + name + "\" is not encoded correctly.");
        }
    }

    private void showPlan(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireAdmin(access, request);
        sendJson(response, 200, PluginJson.describePlan(call(service -> service.findPlan(readVariable(request, ID)))));
    }

    private void discardPlan(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireAdmin(access, request);
        call(service -> {
            service.discardPlan(readVariable(request, ID));
            return true;
        });
        response.setStatus(204);
    }

    /** The trial takes some seconds. */
    private void applyPlan(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Caller by = requireCaller(request);
        String id = readVariable(request, ID);
        boolean consent = hasBody(request) && JsonBody.readBody(request, Set.of(UNTRUSTED)).optionalBoolean(UNTRUSTED, false);
        sendResult(by, request, response, service -> service.applyPlan(by, id, consent));
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private void sendResult(Caller by, HttpServletRequest request, HttpServletResponse response, PluginErrors.Call<Plugins, PluginResult> change) throws ApiException {
        transfers.start(by.session(), request, response, () -> sendJson(response, 200, PluginJson.describeResult(call(change))));
    }

    private void switchPlugin(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Caller by = requireCaller(request);
        boolean enabled = JsonBody.readBody(request, Set.of("enabled")).requireBoolean("enabled");
        call(service -> {
            service.setEnabled(by, readVariable(request, NAME), enabled);
            return enabled;
        });
        response.setStatus(204);
    }

    private void removePlugin(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Caller by = requireCaller(request);
        String settings = readParameter(request, "settings").orElse("false");
        if (!Set.of("true", "false").contains(settings)) {
            throw new ApiException(400, "bad_parameter", "The parameter \"settings\" has to be true or false.");
        }
        call(service -> {
            service.removePlugin(by, readVariable(request, NAME), settings.equals("true"));
            return settings;
        });
        response.setStatus(204);
    }

    private void restoreVersion(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Caller by = requireCaller(request);
        String version = JsonBody.readBody(request, Set.of("version")).requireText("version");
        String name = readVariable(request, NAME);
        sendResult(by, request, response, service -> service.restoreVersion(by, name, version));
    }
}
