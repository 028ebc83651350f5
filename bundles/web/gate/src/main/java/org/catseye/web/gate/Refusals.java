package org.catseye.web.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.catseye.web.RequestGuard.Refusal;

/** Writes a refusal as an answer. */
final class Refusals {

    private Refusals() {
    }

    static void send(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setStatus(refusal.status());
        refusal.headers().forEach(response::setHeader);
        byte[] body = refusal.json().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
