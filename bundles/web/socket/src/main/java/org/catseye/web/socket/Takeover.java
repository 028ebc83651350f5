package org.catseye.web.socket;

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
 * Takes a connection over from HTTP once the response's head is out, by the mechanism that CONNECT and the server's own WebSocket
 * use: the server finishes the response without ending the output and opens the new connection on the same end point.
 */
interface Takeover {

    /** HTTP/2 has streams, and no connection that is one client's alone. */
    boolean possible();

    Scheduler scheduler();

    /** Whether the client's connection is there, now and later. Holds nothing of the request. */
    BooleanSupplier open();

    /** Sets what is made as the connection that takes over when the request is done. */
    void by(BiFunction<EndPoint, Executor, Connection> connection);

    /** Of a request of Jetty, however wrapped. */
    static Takeover of(HttpServletRequest servletRequest) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(servletRequest);
        ConnectionMetaData data = request.getConnectionMetaData();
        return new Takeover() {
            @Override
            public boolean possible() {
                return data.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
            }

            @Override
            public Scheduler scheduler() {
                return data.getConnector().getScheduler();
            }

            @Override
            public BooleanSupplier open() {
                return data.getConnection().getEndPoint()::isOpen;
            }

            @Override
            public void by(BiFunction<EndPoint, Executor, Connection> connection) {
                EndPoint endPoint = data.getConnection().getEndPoint();
                request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
                        connection.apply(endPoint, data.getConnector().getExecutor()));
            }
        };
    }
}
