package org.catseye.web.rest.settings;

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
    private static final String NAME = "name";
    private static final String VALUES = "values";

    private final transient SettingsAdministration settings;
    private final transient AccessControl access;
    private final transient SettingsAnswers answers;

    @Activate
    public SettingsServlet(@Reference SettingsAdministration settings, @Reference AccessControl access, @Reference Audit audit) {
        this.settings = settings;
        this.access = access;
        this.answers = new SettingsAnswers(audit);
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
                answers.sendRefusal(session, request, response, readVariable(request, PID), e);
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
        SettingsAnswers.sendState(response, status, state, SettingsJson.writeState(state));
    }

    private void saveValues(Session session, HttpServletRequest request, HttpServletResponse response) throws ApiException, SettingsException, IOException {
        String pid = readVariable(request, PID);
        Map<String, Optional<List<String>>> changes = SettingsJson.readChanges(JsonBody.readBody(request, Set.of(VALUES)).requireObject(VALUES));
        SettingsState state = settings.saveValues(pid, changes, SettingsAnswers.readVersion(request));
        answers.recordChange("settings.changed", session, request, pid, changes);
        sendState(response, 200, state);
    }

    private void addConfiguration(Session session, HttpServletRequest request, HttpServletResponse response) throws ApiException, SettingsException, IOException {
        JsonBody body = JsonBody.readBody(request, Set.of(NAME, VALUES));
        Map<String, Optional<List<String>>> values = SettingsJson.readChanges(body.requireObject(VALUES));
        SettingsState state = settings.addConfiguration(readVariable(request, PID), body.requireText(NAME), values);
        answers.recordChange("settings.added", session, request, state.configured().pid(), values);
        sendState(response, 201, state);
    }

    private void removeConfiguration(Session session, HttpServletRequest request, HttpServletResponse response) throws SettingsException {
        String pid = readVariable(request, PID);
        settings.removeConfiguration(pid, SettingsAnswers.readVersion(request));
        answers.recordRemoval(session, request, pid);
        response.setStatus(204);
    }
}
