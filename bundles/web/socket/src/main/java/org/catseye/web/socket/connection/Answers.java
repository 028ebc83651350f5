package org.catseye.web.socket.connection;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.catseye.http.Problem;

/** Refusals in the form that all of the API uses: {@code {"error":{"code":"...","message":"..."}}}. */
public final class Answers {

    private Answers() {
    }

    public static void refuse(HttpServletResponse response, int status, String code, String message) throws IOException {
        new Problem(code, message).send(response, status);
    }

    /** The answer while a target has no video hub. */
    public static void refuseWithoutHub(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        refuse(response, 503, "unavailable", "The video hub is being replaced; try again in a second.");
    }

    /** The error as a message on a socket. */
    public static String formatMessage(String code, String message) {
        return new Problem(code, message).toSocketMessage();
    }
}
