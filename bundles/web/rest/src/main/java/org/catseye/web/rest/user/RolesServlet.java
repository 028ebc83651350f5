package org.catseye.web.rest.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.Rights;
import org.catseye.access.UserAdministration;
import org.catseye.secrets.RightsJson;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Named sets of rights. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({Endpoints.ROLES, Endpoints.ROLES + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class RolesServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;

    private final transient UserAdministration users;

    @Activate
    public RolesServlet(@Reference UserAdministration users) {
        this.users = users;
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.ROLES, Map.of("GET", withCaller(this::listRoles))),
                new Route(Endpoints.ROLES + "/{name}", Map.of("PUT", withCaller(this::putRole), "DELETE", withCaller(this::removeRole))));
    }

    private void listRoles(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException, IOException {
        ObjectNode result = JSON.createObjectNode();
        users.roles(by).forEach((name, rights) -> RightsJson.write(result.putObject(name), new Rights(rights)));
        sendJson(response, 200, result);
    }

    private void putRole(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        users.putRole(by, readVariable(request, "name"), JsonBody.readBody(request, Set.of("rights")).readRights("rights"));
        response.setStatus(204);
    }

    private void removeRole(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException {
        users.removeRole(by, readVariable(request, "name"));
        response.setStatus(204);
    }
}
