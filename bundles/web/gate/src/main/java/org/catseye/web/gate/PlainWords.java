package org.catseye.web.gate;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.catseye.web.RequestGuard.Answer;
import org.catseye.web.RequestGuard.Refusal;

/** Says in words what went wrong inside a servlet that does not say it itself (the web console, a plug-in), where the web server would show its bare page. */
final class PlainWords extends HttpServletResponseWrapper {

    private static final int FIRST_FAULT = 400;
    private static final int FIRST_OWN_FAULT = 500;
    private static final int NO_SPACE = 507;
    private static final int NOT_FOUND = 404;

    private final HttpServletRequest request;

    PlainWords(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (isCommitted() || status < FIRST_FAULT || status < FIRST_OWN_FAULT && message == null && !navigates()) {
            super.sendError(status, message);
            return;
        }
        resetBuffer();
        HttpServletResponse response = (HttpServletResponse) getResponse();
        if (status < FIRST_OWN_FAULT && !navigates() && request.getHeader("X-Requested-With") != null) {
            // The web console's pages put into a dialog what they get here, as HTML.
            Answers.send(response, new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8"), Answers.escaped(message).getBytes(StandardCharsets.UTF_8)));
        } else {
            Answers.send(response, Answers.of(FrontDoor.ask(request), refusal(status, message), ""));
        }
        flushBuffer();
    }

    private Refusal refusal(int status, String message) {
        if (status < FIRST_OWN_FAULT) {
            return new Refusal(status, status == NOT_FOUND ? "not_found" : "refused", message != null ? message
                    : status == NOT_FOUND ? "There is nothing at this path." : "This was refused (HTTP status " + status + ").", "");
        }
        return fullDisk() ? new Refusal(NO_SPACE, "disk_full", "The disk is full: nothing was saved. Free some space and try again.", "")
                : new Refusal(status, "failed", "This went wrong inside Catseye. The log says what.", "");
    }

    private boolean navigates() {
        return Answers.navigates(FrontDoor.ask(request));
    }

    private boolean fullDisk() {
        for (Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION); thrown instanceof Throwable cause; thrown = cause.getCause()) {
            String words = String.valueOf(cause.getMessage());
            if (words.contains("No space left on device") || words.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
