package org.catseye.web.rest.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.settings.SettingsException;
import org.catseye.settings.SettingsState;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;

/** What requests for settings have in common: versions, refusals, and entries in the audit log, which have names of settings but no values. */
final class SettingsAnswers {

    private static final int MAX_LOGGED_CHARS = 200;
    private static final String PID = "pid";
    private static final String KEYS = "keys";

    private final Audit audit;

    SettingsAnswers(Audit audit) {
        this.audit = audit;
    }

    /** The version that the client saw. */
    static Optional<String> readVersion(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("If-Match")).map(header -> header.strip().replaceFirst("^W/", "").replace("\"", ""));
    }

    /** @param state the settings that {@code content} describes */
    static void sendState(HttpServletResponse response, int status, SettingsState state, JsonNode content) throws IOException {
        response.setHeader("ETag", "\"" + state.version() + "\"");
        ApiServlet.sendJson(response, status, content);
    }

    void recordChange(String action, Session session, HttpServletRequest request, String pid, Map<String, ?> changes) {
        record(action, session, request, Map.of(PID, pid, KEYS, String.join(", ", new TreeSet<>(changes.keySet()))));
    }

    void recordRemoval(Session session, HttpServletRequest request, String pid) {
        record("settings.removed", session, request, Map.of(PID, pid));
    }

    private void record(String action, Session session, HttpServletRequest request, Map<String, String> details) {
        audit.record(action, session.user(), request.getRemoteAddr(), details);
    }

    /** @param pid of the request; empty if there is none */
    void sendRefusal(Session session, HttpServletRequest request, HttpServletResponse response, String pid, SettingsException e)
            throws ApiException, IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            record("settings.refused", session, request, Map.of(PID, shorten(pid), KEYS, shorten(e.key()), "reason", e.reason().name()));
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
        ObjectNode result = ApiServlet.JSON.createObjectNode();
        String message = e.key().isEmpty() ? e.getMessage() : e.key() + ": " + e.getMessage();
        ObjectNode error = result.putObject("error").put("code", code).put("message", message);
        if (!e.key().isEmpty()) {
            error.putObject("fields").put(e.key(), e.getMessage());
        }
        response.setHeader("Cache-Control", "no-store");
        ApiServlet.sendJson(response, status, result);
    }
}
