package org.catseye.web.socket.connection;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Refusals in the form that all of the API uses: {@code {"error":{"code":"...","message":"..."}}}. */
public final class Answers {

    private Answers() {
    }

    public static void refuse(HttpServletResponse response, int status, String code, String message) throws IOException {
        byte[] body = ("{\"error\":" + formatError(code, message) + "}").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The answer while a target has no video hub. */
    public static void refuseWithoutHub(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        refuse(response, 503, "unavailable", "The video hub is being replaced; try again in a second.");
    }

    /** The error as a message on a socket. */
    public static String formatMessage(String code, String message) {
        return "{\"type\":\"error\"," + formatError(code, message).substring(1);
    }

    private static String formatError(String code, String message) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(message)) + "\"}";
    }
}
