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
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.Session;
import org.catseye.http.Problem;
import org.catseye.web.WebContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the action for a request's method, and turns what goes wrong into an answer. */
public abstract class ApiServlet extends HttpServlet {

    public static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final long serialVersionUID = 1;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    /** What answers a method. */
    @FunctionalInterface
    public interface Action {
        void answer(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException;

        /**
         * Whether a request that changes something needs a recent proof of who the user is. That is the default, so that no end point can forget
         * it; {@link #withoutProof} is for what gives no power.
         */
        default boolean needsProof(HttpServletRequest request) {
            return true;
        }
    }

    /** An action that changes something, but gives no power: it works also when the user logged in long ago. */
    public static Action withoutProof(Action action) {
        return withoutProofIf(request -> true, action);
    }

    /** @param exempt which requests give no power, or bring a proof of their own */
    public static Action withoutProofIf(Predicate<HttpServletRequest> exempt, Action action) {
        return new Action() {
            @Override
            public void answer(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
                action.answer(request, response);
            }

            @Override
            public boolean needsProof(HttpServletRequest request) {
                return !exempt.test(request);
            }
        };
    }

    /** The methods that are served; HEAD comes with GET. */
    public abstract Map<String, Action> actions();

    /** As {@link #actions()}, where the path matters. */
    public Map<String, Action> actions(HttpServletRequest request) throws ApiException {
        return actions();
    }

    /** What answers a method for somebody whom access control may yet refuse. */
    @FunctionalInterface
    public interface GuardedAction {
        void answer(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException;
    }

    public static Action guarded(GuardedAction action) {
        return (request, response) -> {
            try {
                action.answer(new Caller(session(request), request.getRemoteAddr()), request, response);
            } catch (AccessException e) {
                throw AccessErrors.toApiException(e, 403);
            }
        };
    }

    @Override
    public final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Map<String, Action> actions = actions(request);
            // The body of an answer to HEAD is dropped by the server.
            Action action = actions.get(request.getMethod().equals("HEAD") ? "GET" : request.getMethod());
            if (action != null) {
                if (!READING.contains(request.getMethod()) && action.needsProof(request)) {
                    needProof(request);
                }
                action.answer(request, response);
            } else if (request.getMethod().equals("OPTIONS")) {
                response.setStatus(204);
                response.setHeader("Allow", allowed(actions));
            } else {
                throw new ApiException(405, "method_not_allowed", "Served here: " + allowed(actions) + ".", Map.of("Allow", allowed(actions)));
            }
        } catch (ApiException e) {
            refuse(response, e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            if (!response.isCommitted()) {
                refuse(response, new ApiException(500, "failed", "An error inside Catseye stopped this request. The log has the details."));
            }
        }
    }

    private static String allowed(Map<String, Action> actions) {
        TreeSet<String> methods = new TreeSet<>(actions.keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    public static void refuse(HttpServletResponse response, ApiException e) throws IOException {
        e.headers().forEach(response::setHeader);
        new Problem(e.code(), e.getMessage()).send(response, e.status());
    }

    public static void send(HttpServletResponse response, int status, JsonNode content) throws IOException {
        send(response, status, "application/json", JSON.writeValueAsBytes(content));
    }

    public static void send(HttpServletResponse response, int status, String type, byte[] content) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws ApiException 401, or 403 if the user's last proof of who they are is too old; the gate measured that */
    public static void needProof(HttpServletRequest request) throws ApiException {
        session(request);
        if (!Boolean.TRUE.equals(request.getAttribute(WebContext.PROVED))) {
            throw new ApiException(403, WebContext.PROOF_REQUIRED, "You logged in a while ago. Confirm that it is you, with your password or a code "
                    + "of your second factor: POST /api/v1/session/proof. Then try again.");
        }
    }

    /** The caller, whom the gate let in. */
    public static Session session(HttpServletRequest request) throws ApiException {
        if (request.getAttribute(WebContext.SESSION) instanceof Session session) {
            return session;
        }
        throw new ApiException(401, "unauthorized", "Log in first: POST /api/v1/session.", Map.of("WWW-Authenticate", "Bearer"));
    }
}
