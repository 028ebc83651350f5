package org.catseye.web.control.typing;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.catseye.http.Problem;

/** A request is answered with an error. It never repeats the text. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Problem problem;

    RefusedException(int status, String code, String message) {
        super(message);
        this.status = status;
        problem = new Problem(code, message);
    }

    void send(HttpServletResponse response) throws IOException {
        if (status == 408 || status == 413) {
            // The rest of the body is not read, so the connection can't be used again.
            response.setHeader("Connection", "close");
        }
        problem.send(response, status);
    }
}
