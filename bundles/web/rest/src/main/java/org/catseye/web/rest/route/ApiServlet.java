package org.catseye.web.rest.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.http.Problem;
import org.catseye.http.TargetJson;
import org.catseye.web.WebContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the action for a request's method, and turns exceptions into error answers. */
public abstract class ApiServlet extends HttpServlet {

    public static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final long serialVersionUID = 1;
    private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    /** Answers requests of one method. */
    @FunctionalInterface
    public interface Action {
        void handleRequest(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException;

        /**
         * Whether a request that changes something needs a recent proof of the user's identity. That is the default, so that no endpoint can forget
         * it; {@link #withoutProof} is for actions that give no power.
         */
        default boolean needsProof(HttpServletRequest request) {
            return true;
        }
    }

    /** An action that changes something but gives no power. It needs no recent proof of the user's identity. */
    public static Action withoutProof(Action action) {
        return withoutProofIf(request -> true, action);
    }

    /** @param exempt requests that give no power, or that contain a proof of their own */
    public static Action withoutProofIf(Predicate<HttpServletRequest> exempt, Action action) {
        return new Action() {
            @Override
            public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
                action.handleRequest(request, response);
            }

            @Override
            public boolean needsProof(HttpServletRequest request) {
                return !exempt.test(request);
            }
        };
    }

    /** The methods that are served; HEAD is served like GET. */
    public abstract Map<String, Action> supportedActions();

    /** The methods that are served at the path of a request. */
    public Map<String, Action> findActions(HttpServletRequest request) throws ApiException {
        return supportedActions();
    }

    /** Answers requests of one method. Access control may refuse the caller. */
    @FunctionalInterface
    public interface CallerAction {
        void handleRequest(Caller caller, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException;
    }

    public static Action withCaller(CallerAction action) {
        return (request, response) -> {
            try {
                action.handleRequest(new Caller(requireSession(request), request.getRemoteAddr()), request, response);
            } catch (AccessException e) {
                throw AccessErrors.toApiException(e, 403);
            }
        };
    }

    @Override
    public final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            runAction(request, response);
        } catch (ApiException e) {
            sendError(response, e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            if (!response.isCommitted()) {
                Problem.INTERNAL.send(response, 500);
            }
        }
    }

    private void runAction(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        String method = request.getMethod();
        Map<String, Action> actions = findActions(request);
        // The server drops the body of an answer to HEAD.
        Action action = actions.get(method.equals("HEAD") ? "GET" : method);
        if (action != null) {
            if (!READ_METHODS.contains(method) && action.needsProof(request)) {
                requireRecentProof(request);
            }
            action.handleRequest(request, response);
        } else if (method.equals("OPTIONS")) {
            response.setStatus(204);
            response.setHeader("Allow", listMethods(actions));
        } else {
            throw new ApiException(405, "method_not_allowed", "Served here: " + listMethods(actions) + ".", Map.of("Allow", listMethods(actions)));
        }
    }

    private static String listMethods(Map<String, Action> actions) {
        TreeSet<String> methods = new TreeSet<>(actions.keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    public static void sendError(HttpServletResponse response, ApiException e) throws IOException {
        e.headers().forEach(response::setHeader);
        new Problem(e.code(), e.getMessage()).send(response, e.status());
    }

    public static void sendJson(HttpServletResponse response, int status, JsonNode content) throws IOException {
        sendContent(response, status, "application/json", JSON.writeValueAsBytes(content));
    }

    /** @param content writes one value */
    public static void sendJson(HttpServletResponse response, int status, TargetJson.Writer content) throws IOException {
        sendContent(response, status, "application/json", TargetJson.format(content).getBytes(StandardCharsets.UTF_8));
    }

    public static void sendContent(HttpServletResponse response, int status, String type, byte[] content) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    /** @throws ApiException 401, or 403 if the user's last proof of identity is too old, which the gate determines */
    public static void requireRecentProof(HttpServletRequest request) throws ApiException {
        requireSession(request);
        if (!Boolean.TRUE.equals(request.getAttribute(WebContext.PROVED))) {
            throw new ApiException(403, WebContext.PROOF_REQUIRED, "You logged in a while ago. Confirm your identity with your password or a code "
                    + "of your second factor: POST /api/v1/session/proof. Then try again.");
        }
    }

    /** The session that the gate found. */
    public static Session requireSession(HttpServletRequest request) throws ApiException {
        if (request.getAttribute(WebContext.SESSION) instanceof Session session) {
            return session;
        }
        throw new ApiException(401, "unauthorized", "Log in first: POST /api/v1/session.", Map.of("WWW-Authenticate", "Bearer"));
    }

    /** The session of a user who has the right ADMIN for everything. */
    public static Session requireAdmin(AccessControl access, HttpServletRequest request) throws ApiException {
        Session session = requireSession(request);
        if (!access.hasPermission(session, Permission.ADMIN, Rights.EVERY)) {
            throw new ApiException(403, "forbidden", "This needs the right ADMIN.");
        }
        return session;
    }
}
