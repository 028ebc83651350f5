package org.catseye.web.socket.connection;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes a connection over from HTTP once the response's head is sent, by the mechanism that CONNECT and the server's own WebSocket
 * use: the server finishes the response without ending the output and opens the new connection on the same end point.
 */
public interface Takeover {

    /** Not with HTTP/2: its connection carries several requests at once. */
    boolean isPossible();

    Scheduler scheduler();

    /** Supplies whether the client's connection is open, also after the request has ended. Keeps no reference to the request. */
    BooleanSupplier connectionState();

    /** Creates the connection that replaces HTTP when the request has ended. */
    void replaceConnection(BiFunction<EndPoint, Executor, Connection> connection);

    /** For a request of Jetty, with or without wrappers. */
    static Takeover ofRequest(HttpServletRequest servletRequest) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(servletRequest);
        ConnectionMetaData data = request.getConnectionMetaData();
        return new Takeover() {
            @Override
            public boolean isPossible() {
                return data.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
            }

            @Override
            public Scheduler scheduler() {
                return data.getConnector().getScheduler();
            }

            @Override
            public BooleanSupplier connectionState() {
                return data.getConnection().getEndPoint()::isOpen;
            }

            @Override
            public void replaceConnection(BiFunction<EndPoint, Executor, Connection> connection) {
                EndPoint endPoint = data.getConnection().getEndPoint();
                request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
                        connection.apply(endPoint, data.getConnector().getExecutor()));
            }
        };
    }
}
