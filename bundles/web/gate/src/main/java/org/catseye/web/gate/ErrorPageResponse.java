package org.catseye.web.gate;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.catseye.http.HtmlPage;
import org.catseye.http.HttpAnswer;
import org.catseye.http.Problem;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.web.RequestGuard.Refusal;

/** Describes the errors of servlets that leave them to the web server (the web console, a plug-in), in place of the web server's own error page. */
final class ErrorPageResponse extends HttpServletResponseWrapper {

    private static final int FIRST_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final int NOT_FOUND = 404;

    private final HttpServletRequest request;

    ErrorPageResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (isCommitted() || status < FIRST_ERROR || status < FIRST_SERVER_ERROR && message == null && !isNavigation()) {
            super.sendError(status, message);
            return;
        }
        resetBuffer();
        createAnswer(status, message).send((HttpServletResponse) getResponse());
        flushBuffer();
    }

    private HttpAnswer createAnswer(int status, String message) {
        if (status < FIRST_SERVER_ERROR && !isNavigation() && request.getHeader("X-Requested-With") != null) {
            // The web console's pages put the answer into a dialog, as HTML.
            return HttpAnswer.ofHtml(status, HtmlPage.escapeText(message));
        }
        return RefusalAnswer.create(RequestHeads.describeRequest(request), describeError(status, message), "");
    }

    private Refusal describeError(int status, String message) {
        if (status < FIRST_SERVER_ERROR) {
            return new Refusal(status, status == NOT_FOUND ? "not_found" : "refused", message != null ? message
                    : status == NOT_FOUND ? "There is nothing at this path." : "This was refused (HTTP status " + status + ").", "");
        }
        return isDiskFull() ? new Refusal(INSUFFICIENT_STORAGE, "disk_full", "The disk is full: nothing was saved. Free some space and try again.", "")
                : new Refusal(status, Problem.INTERNAL.code(), Problem.INTERNAL.message(), "");
    }

    private boolean isNavigation() {
        return RequestHeads.isNavigation(RequestHeads.describeRequest(request));
    }

    private boolean isDiskFull() {
        for (Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION); thrown instanceof Throwable cause; thrown = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
