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

/** Enables a user's second factor, in two steps, and disables it. No other answers hold its secrets. */
final class SecondFactorActions {

    private final SecondFactors factors;

    SecondFactorActions(SecondFactors factors) {
        this.factors = factors;
    }

    Map<String, ApiServlet.Action> actions() {
        return Map.of("POST", ownWithoutProof(this::beginEnrolment), "PUT", ownWithoutProof(this::confirmEnrolment), "DELETE", ownWithoutProof(this::removeFactor));
    }

    /** Users who change their own second factor have given the password in this request, or in one a few minutes ago. */
    private static ApiServlet.Action ownWithoutProof(ApiServlet.CallerAction action) {
        return ApiServlet.withoutProofIf(UsersServlet::isOwnAccount, ApiServlet.withCaller(action));
    }

    private void beginEnrolment(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        requireOwnAccount(request);
        char[] password = JsonBody.readBody(request, Set.of("password")).requireText("password").toCharArray();
        try {
            Enrolment enrolment = factors.begin(by, password);
            ObjectNode result = ApiServlet.JSON.createObjectNode().put("secret", enrolment.secret()).put("uri", enrolment.uri());
            QrCodeRows.addRows(enrolment.uri(), result.putArray("qr"));
            ApiServlet.sendJson(response, 200, result);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void confirmEnrolment(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        requireOwnAccount(request);
        ObjectNode result = ApiServlet.JSON.createObjectNode();
        ArrayNode codes = result.putArray("recoveryCodes");
        factors.confirm(by, JsonBody.readBody(request, Set.of("code")).requireText("code")).forEach(codes::add);
        ApiServlet.sendJson(response, 200, result);
    }

    /** Users give their password to remove their own; an administrator needs none for another user. */
    private void removeFactor(Caller by, HttpServletRequest request, HttpServletResponse response) throws ApiException, AccessException, IOException {
        char[] password = UsersServlet.isOwnAccount(request) ? JsonBody.readBody(request, Set.of("password")).requireText("password").toCharArray() : new char[0];
        try {
            factors.remove(by, RoutedServlet.readVariable(request, "name"), password);
            response.setStatus(204);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void requireOwnAccount(HttpServletRequest request) throws ApiException {
        if (!UsersServlet.isOwnAccount(request)) {
            throw new ApiException(403, "forbidden", "Users can set up only their own second factor.");
        }
    }
}
