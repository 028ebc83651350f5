package org.catseye.web.rest.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.SecondFactors;
import org.catseye.access.SecondFactors.Enrolment;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;

/** Switches a user's second factor on, in two steps, and off. Secrets appear in these answers and nowhere else. */
final class SecondFactorActions {

    private final SecondFactors factors;

    SecondFactorActions(SecondFactors factors) {
        this.factors = factors;
    }

    Map<String, ApiServlet.Action> actions() {
        return Map.of("POST", ownWithoutProof(this::begin), "PUT", ownWithoutProof(this::confirm), "DELETE", ownWithoutProof(this::remove));
    }

    /** One's own takes the password, or began with it a few minutes ago. */
    private static ApiServlet.Action ownWithoutProof(ApiServlet.GuardedAction action) {
        return ApiServlet.withoutProofIf(UsersServlet::own, ApiServlet.guarded(action));
    }

    private void begin(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        needOwn(request);
        char[] password = JsonBody.read(request, Set.of("password")).text("password").toCharArray();
        try {
            Enrolment enrolment = factors.begin(by, password);
            ObjectNode result = ApiServlet.JSON.createObjectNode().put("secret", enrolment.secret()).put("uri", enrolment.uri());
            QrCodeRows.write(enrolment.uri(), result.putArray("qr"));
            ApiServlet.send(response, 200, result);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void confirm(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        needOwn(request);
        ObjectNode result = ApiServlet.JSON.createObjectNode();
        ArrayNode codes = result.putArray("recoveryCodes");
        factors.confirm(by, JsonBody.read(request, Set.of("code")).text("code")).forEach(codes::add);
        ApiServlet.send(response, 200, result);
    }

    /** One's own takes the password; an administrator needs none for another's. */
    private void remove(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        char[] password = UsersServlet.own(request) ? JsonBody.read(request, Set.of("password")).text("password").toCharArray() : new char[0];
        try {
            factors.remove(by, RoutedServlet.variable(request, "name"), password);
            response.setStatus(204);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void needOwn(HttpServletRequest request) throws ApiException {
        if (!UsersServlet.own(request)) {
            throw new ApiException(403, "forbidden", "Everybody sets up the own second factor.");
        }
    }
}
