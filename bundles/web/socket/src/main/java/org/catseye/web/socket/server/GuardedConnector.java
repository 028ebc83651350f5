package org.catseye.web.socket.server;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A port whose connections and requests share the limits of all ports. */
final class GuardedConnector extends ServerConnector {

    /** Connections that come while others are being accepted: with less, the kernel makes some wait for a second. */
    private static final int ACCEPT_QUEUE = 1024;
    /** Linux doubles it. Left alone it grows to megabytes for each client that doesn't read. */
    private static final int SEND_BUFFER = 256 * 1024;
    private static final long IDLE_MILLIS = 60_000;

    private final Admission admission;

    GuardedConnector(Server server, Admission admission, HttpConfiguration http) {
        super(server, 1, 1, new Http(http, admission));
        this.admission = admission;
        applyLimits();
    }

    GuardedConnector(Server server, Admission admission, HttpConfiguration http, SslContextFactory.Server ssl) {
        super(server, 1, 1, new SslConnectionFactory(ssl, "http/1.1"), new Http(http, admission));
        this.admission = admission;
        applyLimits();
    }

    private void applyLimits() {
        setAcceptQueueSize(ACCEPT_QUEUE);
        setAcceptedSendBufferSize(SEND_BUFFER);
        setIdleTimeout(IDLE_MILLIS);
        addEventListener(admission.connections());
    }

    @Override
    protected void doStart() throws Exception {
        SafeErrorHandler.installIn(getServer());
        super.doStart();
        admission.start();
    }

    @Override
    protected void doStop() throws Exception {
        admission.stop();
        super.doStop();
    }

    private static final class Http extends HttpConnectionFactory implements ConnectionFactory {

        private final Admission admission;

        Http(HttpConfiguration configuration, Admission admission) {
            super(configuration);
            this.admission = admission;
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            GuardedConnection connection = new GuardedConnection(getHttpConfiguration(), connector, endPoint, admission);
            connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
            connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
            return configure(connection, connector, endPoint);
        }
    }
}
