package org.catseye.web.socket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes a connection over from HTTP once the response's head is out, by the mechanism that CONNECT and the server's own WebSocket
 * use: the server finishes the response without ending the output and opens the new connection on the same end point.
 */
final class Takeover {

    private final ServletContextRequest request;

    private Takeover(ServletContextRequest request) {
        this.request = request;
    }

    static Takeover of(HttpServletRequest request) {
        return new Takeover(ServletContextRequest.getServletContextRequest(request));
    }

    /** HTTP/2 has streams, and no connection that is one client's alone. */
    boolean possible() {
        return request.getConnectionMetaData().getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
    }

    Scheduler scheduler() {
        return request.getConnectionMetaData().getConnector().getScheduler();
    }

    void by(BiFunction<EndPoint, Executor, Connection> connection) {
        ConnectionMetaData data = request.getConnectionMetaData();
        EndPoint endPoint = data.getConnection().getEndPoint();
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection.apply(endPoint, data.getConnector().getExecutor()));
    }
}
