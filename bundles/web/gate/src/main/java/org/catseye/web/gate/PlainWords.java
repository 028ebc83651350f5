package org.catseye.web.gate;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.catseye.web.RequestGuard.Refusal;

/** Says in words what went wrong inside a servlet that does not say it itself (the web console, a plug-in), where the web server would show its bare page. */
final class PlainWords extends HttpServletResponseWrapper {

    private static final int FIRST_OWN_FAULT = 500;
    private static final int NO_SPACE = 507;

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
        if (status < FIRST_OWN_FAULT || isCommitted()) {
            super.sendError(status, message);
            return;
        }
        resetBuffer();
        Refusals.send((HttpServletResponse) getResponse(), fullDisk() ? new Refusal(NO_SPACE, "disk_full", "The disk is full: nothing was saved. Free some space and try again.", "")
                : new Refusal(status, "failed", "This went wrong inside Catseye. The log says what.", ""));
        flushBuffer();
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
