package org.catseye.web.rest.plugin;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.Caller;
import org.catseye.http.RequestHeads;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.Features;
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

/** The features of the product, for administrators. Each change needs a recent proof of identity: a feature can be a way to log in. */
@Component(service = Servlet.class, property = TargetResource.OPENAPI + "=/openapi/features.json")
@HttpWhiteboardServletPattern({Endpoints.FEATURES, Endpoints.FEATURES + "/*"})
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class FeaturesServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;
    private static final String ID = "id";

    private final transient AccessControl access;
    private final transient Transfers transfers;
    /** The bundle that registers it starts last. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile Features features;

    @Activate
    public FeaturesServlet(@Reference AccessControl access, @Reference Transfers transfers) {
        this.access = access;
        this.transfers = transfers;
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.FEATURES, Map.of("GET", this::listFeatures, "POST", this::planSwitch)),
                new Route(Endpoints.FEATURES + "/plans/{id}", Map.of("GET", this::showPlan, "POST", this::applyPlan, "DELETE", this::discardPlan)));
    }

    private <T> T call(PluginErrors.Call<Features, T> call) throws ApiException, IOException {
        return PluginErrors.call(features, "features", call);
    }

    private Caller requireCaller(HttpServletRequest request) throws ApiException {
        return new Caller(requireAdmin(access, request), request.getRemoteAddr());
    }

    private void listFeatures(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireAdmin(access, request);
        sendJson(response, 200, FeatureJson.describeAll(call(Features::listFeatures)));
    }

    private void planSwitch(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Caller by = requireCaller(request);
        JsonBody body = JsonBody.readBody(request, Set.of("feature", "on"));
        String feature = body.requireText("feature");
        boolean on = body.requireBoolean("on");
        FeaturePlan plan = call(service -> service.planSwitch(by, feature, on));
        response.setHeader("Location", RequestHeads.findBasePath(request) + Endpoints.FEATURES + "/plans/" + plan.id());
        sendJson(response, 201, FeatureJson.describePlan(plan));
    }

    private void showPlan(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireAdmin(access, request);
        sendJson(response, 200, FeatureJson.describePlan(call(service -> service.findPlan(readVariable(request, ID)))));
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
        transfers.start(by.session(), request, response, () -> sendJson(response, 200, FeatureJson.describeResult(call(service -> service.applyPlan(by, id)))));
    }
}
