package org.catseye.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A complete answer.
 *
 * @param status of HTTP
 * @param headers by name; they replace those that were set before
 * @param body not a copy, must not be changed
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    /** @param content HTML */
    public static HttpAnswer ofHtml(int status, String content) {
        return new HttpAnswer(status, Map.of("Content-Type", HtmlPage.CONTENT_TYPE), content.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IOException if the client has disconnected */
    public void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
