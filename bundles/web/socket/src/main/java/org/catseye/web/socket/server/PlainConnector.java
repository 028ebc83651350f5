package org.catseye.web.socket.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain HTTP with limits, in place of the web server's own connector, whose port and settings it takes over. When this goes, that one
 * is back, so that the device can still be reached.
 */
@Component(service = ConnectorFactory.class)
public final class PlainConnector implements ConnectorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(PlainConnector.class);

    private static final long TAKE_OVER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TAKE_OVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final GuardedPorts ports;
    private final AtomicReference<ServerConnector> replaced = new AtomicReference<>();

    @Activate
    public PlainConnector(@Reference GuardedPorts ports) {
        this.ports = ports;
    }

    @Override
    public Connector createConnector(Server server) {
        ServerConnector own = Arrays.stream(server.getConnectors()).filter(PlainConnector::isBuiltIn).map(ServerConnector.class::cast)
                .findFirst().orElseThrow(() -> new IllegalStateException("the web server has no port for HTTP"));
        int port = own.getLocalPort();
        ServerConnector guarded = ports.createPlainConnector(server, own.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration());
        guarded.setHost(own.getHost());
        guarded.setPort(port);
        try {
            own.stop();
            own.setPort(port);
            server.removeConnector(own);
            replaced.set(own);
            openPort(guarded);
        } catch (Exception e) {
            // Jetty's stop declares nothing narrower.
            restore();
            throw new IllegalStateException("port " + port + " could not be taken over", e);
        }
        return guarded;
    }

    /** By then the connector made above has been stopped. */
    @Deactivate
    void restore() {
        ServerConnector own = replaced.getAndSet(null);
        if (own == null || !own.getServer().isStarted()) {
            return;
        }
        try {
            own.getServer().addConnector(own);
            openPort(own);
            own.start();
        } catch (Exception e) {
            // Jetty's start declares nothing narrower.
            LOG.error("HTTP could not be opened again; it is back after a restart", e);
        }
    }

    /** The port is free between two listeners, and the one that was closed may hold it for a moment. */
    private static void openPort(ServerConnector connector) throws IOException {
        long end = System.nanoTime() + TAKE_OVER_NANOS;
        while (!connector.isOpen()) {
            try {
                connector.open();
            } catch (IOException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                LOG.debug("The port is not free yet", e);
                LockSupport.parkNanos(TAKE_OVER_PAUSE_NANOS);
            }
        }
    }

    private static boolean isBuiltIn(Connector connector) {
        return connector instanceof ServerConnector port && !(port instanceof GuardedConnector)
                && port.getConnectionFactory(SslConnectionFactory.class) == null;
    }
}
