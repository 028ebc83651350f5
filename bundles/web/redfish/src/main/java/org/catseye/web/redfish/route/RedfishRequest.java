package org.catseye.web.redfish.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.catseye.access.Caller;
import org.catseye.access.Session;
import org.catseye.http.RedfishError;
import org.catseye.http.RequestHeads;
import org.catseye.web.WebContext;

/**
 * A request to a resource, and its response.
 *
 * @param variables of the path
 */
public record RedfishRequest(HttpServletRequest request, HttpServletResponse response, Map<String, String> variables) {

    private static final int ETAG_BYTES = 12;

    /** The session that the gate found. */
    public Session session() throws RedfishException {
        if (request.getAttribute(WebContext.SESSION) instanceof Session session) {
            return session;
        }
        throw new RedfishException(401, new RedfishError("NoValidSession", "Log in first.", List.of(), "", "Log in."));
    }

    public Caller caller() throws RedfishException {
        return new Caller(session(), request.getRemoteAddr());
    }

    /** A path of this device as a client has to send it. Behind a proxy, it may begin with the path below which the proxy publishes the device. */
    public String link(String path) {
        return RequestHeads.findBasePath(request) + path;
    }

    /** The path of the request as the client sent it. */
    public String path() {
        return link(request.getRequestURI());
    }

    /** An object with the link to another resource. */
    public ObjectNode reference(String path) {
        return RedfishJson.newObject().put(RedfishJson.ID, link(path));
    }

    /** Answers with a resource. If the client has it already, it is not sent again. */
    public void sendResource(ObjectNode resource) throws IOException {
        byte[] content = resource.toString().getBytes(StandardCharsets.UTF_8);
        String etag = "W/\"" + hashContent(content) + "\"";
        response.setHeader("ETag", etag);
        response.setHeader("Link", "<" + schemaOf(resource) + ">; rel=describedby");
        String known = request.getHeader("If-None-Match");
        if (known != null && Arrays.asList(known.split("\\s*,\\s*")).contains(etag)) {
            response.setStatus(304);
            return;
        }
        sendContent(200, "application/json; charset=utf-8", content);
    }

    /** The JSON schema of a resource, which the DMTF publishes: {@code Manager.v1_9_0.json} for {@code #Manager.v1_9_0.Manager}. */
    private static String schemaOf(ObjectNode resource) {
        String type = resource.path("@odata.type").asText();
        return RedfishJson.SCHEMAS + type.substring(1, type.lastIndexOf('.')) + ".json";
    }

    public void sendJson(int status, ObjectNode content) throws IOException {
        sendContent(status, "application/json; charset=utf-8", content.toString().getBytes(StandardCharsets.UTF_8));
    }

    public void sendContent(int status, String type, byte[] content) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static String hashContent(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, ETAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
