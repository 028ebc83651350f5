package org.catseye.web.rest.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.Account;
import org.catseye.access.Caller;
import org.catseye.access.Grants;
import org.catseye.access.Rights;
import org.catseye.access.SecondFactors;
import org.catseye.access.Session;
import org.catseye.access.UserAdministration;
import org.catseye.http.RequestHeads;
import org.catseye.http.SessionCookie;
import org.catseye.secrets.RightsJson;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;
import org.catseye.web.rest.session.SessionJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Users and their rights. {@link UserAdministration} checks whether the caller may see or change them. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({Endpoints.USERS, Endpoints.USERS + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class UsersServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;

    private final transient UserAdministration users;
    private final transient Targets targets;
    private final transient SecondFactorActions secondFactor;

    @Activate
    public UsersServlet(@Reference UserAdministration users, @Reference SecondFactors factors, @Reference Targets targets) {
        this.users = users;
        this.targets = targets;
        this.secondFactor = new SecondFactorActions(factors);
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.USERS, Map.of("GET", withCaller(this::listUsers), "POST", withCaller(this::addUser))),
                new Route(Endpoints.USERS + "/{name}", Map.of("GET", withCaller(this::showUser), "PUT", withCaller(this::replaceGrants), "DELETE", withCaller(this::removeUser))),
                new Route(Endpoints.USERS + "/{name}/password", Map.of("PUT", withoutProofIf(UsersServlet::isOwnAccount, withCaller(this::changePassword)))),
                new Route(Endpoints.USERS + "/{name}/second-factor", secondFactor.actions()));
    }

    private void listUsers(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException, IOException {
        ArrayNode result = JSON.createArrayNode();
        users.users(by).forEach(account -> result.add(describeAccount(account)));
        sendJson(response, 200, result);
    }

    private void showUser(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException, IOException {
        sendJson(response, 200, describeAccount(users.user(by, readVariable(request, "name"))));
    }

    private static ObjectNode describeAccount(Account account) {
        ObjectNode node = JSON.createObjectNode().put("name", account.name()).put("created", account.created().truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode roles = node.putArray("roles");
        account.grants().roles().stream().sorted().forEach(roles::add);
        RightsJson.write(node.putObject("rights"), new Rights(account.grants().rights()));
        return node.put("secondFactor", account.secondFactor());
    }

    private void addUser(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        JsonBody body = JsonBody.readBody(request, Set.of("name", "password", "roles", "rights"));
        String name = body.requireText("name");
        Grants grants = readGrants(body);
        char[] password = body.requireText("password").toCharArray();
        try {
            users.add(by, name, password, grants);
        } finally {
            Arrays.fill(password, '\0');
        }
        response.setHeader("Location", RequestHeads.findBasePath(request) + Endpoints.USERS + "/" + name);
        sendJson(response, 201, describeAccount(users.user(by, name)));
    }

    private void replaceGrants(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        Grants grants = readGrants(JsonBody.readBody(request, Set.of("roles", "rights")));
        users.grant(by, readVariable(request, "name"), grants);
        response.setStatus(204);
    }

    private static Grants readGrants(JsonBody body) throws ApiException {
        return new Grants(body.requireTexts("roles"), body.readRights("rights"));
    }

    private void removeUser(Caller by, HttpServletRequest request, HttpServletResponse response) throws AccessException {
        users.remove(by, readVariable(request, "name"));
        response.setStatus(204);
    }

    /** Whether the request is about the caller's own account. Changes to it need the password anyway. */
    static boolean isOwnAccount(HttpServletRequest request) {
        return request.getAttribute(WebContext.SESSION) instanceof Session session && readVariable(request, "name").equals(session.user());
    }

    /** Users change their own password with the old one, and their browser continues with a new session. */
    private void changePassword(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        JsonBody body = JsonBody.readBody(request, Set.of("password", "old"));
        char[] next = body.requireText("password").toCharArray();
        char[] old = body.optionalText("old").toCharArray();
        try {
            if (isOwnAccount(request)) {
                Login login = users.changePassword(by, old, next);
                SessionCookie.setToken(request, response, login.token());
                sendJson(response, 200, SessionJson.describeSession(login.session(), targets));
            } else {
                users.resetPassword(by, readVariable(request, "name"), next);
                response.setStatus(204);
            }
        } finally {
            Arrays.fill(next, '\0');
            Arrays.fill(old, '\0');
        }
    }
}
