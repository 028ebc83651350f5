package org.catseye.web.socket.server;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Server;

/** The web server's error pages, without stack traces, messages of exceptions and names of servlets. */
final class SafeErrorHandler extends ErrorPageErrorHandler {

    private SafeErrorHandler() {
        setShowStacks(false);
        setShowServlet(false);
    }

    /** Replaces the error handlers of all servlet contexts. May be called again. */
    static void installIn(Server server) {
        for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
            if (!(context.getErrorHandler() instanceof SafeErrorHandler)) {
                context.setErrorHandler(new SafeErrorHandler());
            }
        }
    }

    @Override
    protected void generateAcceptableResponse(ServletContextRequest base, HttpServletRequest request, HttpServletResponse response, int code, String message)
            throws IOException {
        boolean failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null;
        super.generateAcceptableResponse(base, failure ? new WithoutException(request) : request, response, code,
                failure ? HttpStatus.getMessage(code) : message);
    }

    private static final class WithoutException extends HttpServletRequestWrapper {
        WithoutException(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Object getAttribute(String name) {
            return name.equals(RequestDispatcher.ERROR_EXCEPTION) ? null : super.getAttribute(name);
        }
    }
}
