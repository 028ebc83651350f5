package org.catseye.web.rest.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.settings.SettingsAdministration;
import org.catseye.settings.SettingsException;
import org.catseye.settings.SettingsState;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The settings of all bundles. The audit log gets the names of changed settings, never a value. */
@Component(service = Servlet.class, property = TargetResource.OPENAPI + "=/openapi/settings.json")
@HttpWhiteboardServletPattern({Endpoints.SETTINGS, Endpoints.SETTINGS + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class SettingsServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;
    private static final String PID = "pid";
    private static final String KEYS = "keys";
    private static final String NAME = "name";
    private static final String VALUES = "values";
    private static final int MAX_LOGGED_CHARS = 200;

    private final transient SettingsAdministration settings;
    private final transient AccessControl access;
    private final transient Audit audit;

    @Activate
    public SettingsServlet(@Reference SettingsAdministration settings, @Reference AccessControl access, @Reference Audit audit) {
        this.settings = settings;
        this.access = access;
        this.audit = audit;
    }

    /** What an administrator asks for. */
    private interface AdminAction {
        void handleRequest(Session session, HttpServletRequest request, HttpServletResponse response) throws ApiException, SettingsException, IOException;
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.SETTINGS, Map.of("GET", asAdmin(this::listForms))),
                new Route(Endpoints.SETTINGS + "/{pid}", Map.of("GET", asAdmin(this::readValues), "PUT", asAdmin(this::saveValues),
                        "POST", asAdmin(this::addConfiguration), "DELETE", asAdmin(this::removeConfiguration))));
    }

    private Action asAdmin(AdminAction action) {
        return (request, response) -> {
            Session session = requireAdmin(access, request);
            try {
                action.handleRequest(session, request, response);
            } catch (SettingsException e) {
                sendRefusal(session, request, response, e);
            }
        };
    }

    private void listForms(Session session, HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendJson(response, 200, SettingsJson.writeForms(settings.listForms()));
    }

    private void readValues(Session session, HttpServletRequest request, HttpServletResponse response) throws SettingsException, IOException {
        sendState(response, 200, settings.readState(readVariable(request, PID)));
    }

    private static void sendState(HttpServletResponse response, int status, SettingsState state) throws IOException {
        response.setHeader("ETag", "\"" + state.version() + "\"");
        sendJson(response, status, SettingsJson.writeState(state));
    }

    private void saveValues(Session session, HttpServletRequest request, HttpServletResponse response) throws ApiException, SettingsException, IOException {
        String pid = readVariable(request, PID);
        Map<String, Optional<List<String>>> changes = SettingsJson.readChanges(JsonBody.readBody(request, Set.of(VALUES)).requireObject(VALUES));
        SettingsState state = settings.saveValues(pid, changes, readVersion(request));
        record("settings.changed", session, request, Map.of(PID, pid, KEYS, SettingsJson.describeKeys(changes)));
        sendState(response, 200, state);
    }

    private void addConfiguration(Session session, HttpServletRequest request, HttpServletResponse response) throws ApiException, SettingsException, IOException {
        JsonBody body = JsonBody.readBody(request, Set.of(NAME, VALUES));
        Map<String, Optional<List<String>>> values = SettingsJson.readChanges(body.requireObject(VALUES));
        SettingsState state = settings.addConfiguration(readVariable(request, PID), body.requireText(NAME), values);
        record("settings.added", session, request, Map.of(PID, state.configured().pid(), KEYS, SettingsJson.describeKeys(values)));
        sendState(response, 201, state);
    }

    private void removeConfiguration(Session session, HttpServletRequest request, HttpServletResponse response) throws SettingsException {
        String pid = readVariable(request, PID);
        settings.removeConfiguration(pid, readVersion(request));
        record("settings.removed", session, request, Map.of(PID, pid));
        response.setStatus(204);
    }

    /** The version that the client saw. */
    private static Optional<String> readVersion(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("If-Match")).map(header -> header.strip().replaceFirst("^W/", "").replace("\"", ""));
    }

    private void record(String action, Session session, HttpServletRequest request, Map<String, String> details) {
        audit.record(action, session.user(), request.getRemoteAddr(), details);
    }

    private void sendRefusal(Session session, HttpServletRequest request, HttpServletResponse response, SettingsException e) throws ApiException, IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            record("settings.refused", session, request, Map.of(PID, shorten(readVariable(request, PID)), KEYS, shorten(e.key()), "reason", e.reason().name()));
        }
        switch (e.reason()) {
            case NOT_FOUND -> throw new ApiException(404, "not_found", e.getMessage());
            case NAME_TAKEN -> sendField(response, 409, "exists", e);
            case CHANGED -> throw new ApiException(409, "changed", e.getMessage());
            case INVALID -> sendField(response, 400, "bad_value", e);
            case NOT_STORED -> throw new ApiException(507, "not_stored", e.getMessage());
        }
    }

    /** The keys come from the request. */
    private static String shorten(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]+", " ");
        return line.length() <= MAX_LOGGED_CHARS ? line : line.substring(0, MAX_LOGGED_CHARS) + "...";
    }

    /** An error as the whole API reports it, with the message of each wrong field. */
    private static void sendField(HttpServletResponse response, int status, String code, SettingsException e) throws IOException {
        ObjectNode result = JSON.createObjectNode();
        String message = e.key().isEmpty() ? e.getMessage() : e.key() + ": " + e.getMessage();
        ObjectNode error = result.putObject("error").put("code", code).put("message", message);
        if (!e.key().isEmpty()) {
            error.putObject("fields").put(e.key(), e.getMessage());
        }
        response.setHeader("Cache-Control", "no-store");
        sendJson(response, status, result);
    }
}
