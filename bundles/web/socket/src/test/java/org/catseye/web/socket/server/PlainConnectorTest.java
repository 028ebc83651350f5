package org.catseye.web.socket.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.net.HttpURLConnection;
import java.net.URI;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The web server's own port, on loopback, is taken over and given back. */
public class PlainConnectorTest {

    private final Server server = new Server();
    private final ServerConnector own = new ServerConnector(server);
    private final PlainConnector plain = new PlainConnector(new GuardedPorts());
    private int port;

    @Before
    public void start() throws Exception {
        own.setHost("127.0.0.1");
        server.addConnector(own);
        server.start();
        port = own.getLocalPort();
    }

    @After
    public void stop() throws Exception {
        server.stop();
    }

    private Connector takeOver() throws Exception {
        Connector guarded = plain.createConnector(server);
        server.addConnector(guarded);
        guarded.start();
        return guarded;
    }

    private int status() throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        connection.setRequestProperty("Connection", "close");
        return connection.getResponseCode();
    }

    @Test(timeout = 60_000)
    public void theGuardedPortReplacesTheWebServersOwn() throws Exception {
        ServerConnector guarded = (ServerConnector) takeOver();
        assertEquals(port, guarded.getLocalPort());
        assertEquals(1, server.getConnectors().length);
        assertFalse(own.isRunning());
        assertEquals(404, status());
    }

    @Test(timeout = 60_000)
    public void afterTheGuardedPortTheWebServersOwnIsBackOnTheSamePort() throws Exception {
        Connector guarded = takeOver();
        guarded.stop();
        server.removeConnector(guarded);
        plain.restore();
        assertEquals(1, server.getConnectors().length);
        assertSame(own, server.getConnectors()[0]);
        assertTrue(own.isRunning());
        assertEquals(port, own.getLocalPort());
        assertEquals(404, status());
        plain.restore();
        assertEquals("once", 1, server.getConnectors().length);
    }

    @Test(timeout = 60_000)
    public void aStoppedWebServerGetsNoPortBack() throws Exception {
        Connector guarded = takeOver();
        guarded.stop();
        server.removeConnector(guarded);
        server.stop();
        plain.restore();
        assertEquals(0, server.getConnectors().length);
        assertFalse(own.isOpen());
    }

    @Test(timeout = 60_000)
    public void withoutATakeOverNothingIsRestored() {
        plain.restore();
        assertEquals(1, server.getConnectors().length);
        assertTrue(own.isRunning());
    }
}
