package org.catseye.web.rest.plugin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.catseye.access.AccessControl;
import org.catseye.access.Caller;
import org.catseye.http.JsonRequest;
import org.catseye.http.RequestRefusedException;
import org.catseye.plugins.makers.Maker;
import org.catseye.plugins.makers.MakerList;
import org.catseye.plugins.makers.Makers;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The trusted makers of plug-ins, for administrators. Each change needs a recent proof of identity: it decides whose code is installed unasked. */
@Component(service = Servlet.class, property = TargetResource.OPENAPI + "=/openapi/makers.json")
@HttpWhiteboardServletPattern({Endpoints.MAKERS, Endpoints.MAKERS + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class MakersServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;
    private static final String FINGERPRINT = "fingerprint";

    private final transient AccessControl access;
    /** The bundle that registers it starts last. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    transient volatile Makers makers;

    @Activate
    public MakersServlet(@Reference AccessControl access) {
        this.access = access;
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.MAKERS, Map.of("GET", this::listMakers, "POST", this::addMaker)),
                new Route(Endpoints.MAKERS + "/{" + FINGERPRINT + "}", Map.of("DELETE", this::removeMaker)));
    }

    private Caller requireCaller(HttpServletRequest request) throws ApiException {
        return new Caller(requireAdmin(access, request), request.getRemoteAddr());
    }

    private <T> T call(PluginErrors.Call<Makers, T> call) throws ApiException, IOException {
        return PluginErrors.call(makers, "plug-ins", call);
    }

    private void listMakers(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        requireAdmin(access, request);
        MakerList list = call(Makers::listMakers);
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("makers");
        list.makers().forEach(maker -> all.add(describe(maker)));
        sendJson(response, 200, json.put("problem", list.problem()));
    }

    private static ObjectNode describe(Maker maker) {
        return JSON.createObjectNode().put("fingerprint", maker.id()).put("name", maker.name()).put("expires", maker.expires().map(PluginJson::formatTime).orElse(null))
                .put("problem", maker.problem());
    }

    private void addMaker(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Caller by = requireCaller(request);
        String pem;
        try {
            pem = new String(JsonRequest.readBytes(request), StandardCharsets.ISO_8859_1);
        } catch (RequestRefusedException e) {
            throw ApiException.fromRefusal(e);
        }
        sendJson(response, 201, describe(call(service -> service.addMaker(by, pem))));
    }

    private void removeMaker(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Caller by = requireCaller(request);
        String id = readVariable(request, FINGERPRINT);
        call(service -> {
            service.removeMaker(by, id);
            return id;
        });
        response.setStatus(204);
    }
}
