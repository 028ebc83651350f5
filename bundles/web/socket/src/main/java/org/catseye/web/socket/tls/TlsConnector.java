package org.catseye.web.socket.tls;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.catseye.web.ServerIdentity;
import org.catseye.web.socket.server.GuardedPorts;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTPS on the port of the framework property {@code catseye.https.port}: TLS 1.2 and 1.3. A connector of our own, because the built-in
 * one answers 400 to every address that is not a name in the certificate. A renewed certificate is taken up without a restart:
 * open connections go on, new ones see it.
 */
@Component(service = ConnectorFactory.class)
public final class TlsConnector implements ConnectorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(TlsConnector.class);

    private final int port;
    private final String host;
    private final GuardedPorts ports;
    private final AtomicReference<SslContextFactory.Server> inUse = new AtomicReference<>();
    private volatile ServerIdentity identity;

    @Activate
    public TlsConnector(BundleContext context, @Reference(updated = "renewed") ServerIdentity identity, @Reference GuardedPorts ports) {
        this.port = Integer.parseInt(context.getProperty("catseye.https.port"));
        this.host = context.getProperty("org.apache.felix.http.host");
        this.identity = identity;
        this.ports = ports;
    }

    /** The service's serial number changed. */
    void updateIdentity(ServerIdentity changed) {
        identity = changed;
        SslContextFactory.Server ssl = inUse.get();
        if (ssl == null) {
            return;
        }
        try {
            // A reload that fails has dropped the old certificate already, so whether this one can be used is tried elsewhere.
            SslContextFactory.Server trial = createSettings();
            trial.start();
            trial.stop();
            ssl.reload(factory -> applyKeys(factory));
            LOG.info("The new certificate is in use");
        } catch (Exception e) {
            // Jetty's reload declares nothing narrower.
            LOG.error("The new certificate could not be taken up; the old one stays in use", e);
        }
    }

    @Override
    public Connector createConnector(Server server) {
        SslContextFactory.Server ssl = createSettings();
        inUse.set(ssl);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSecurePort(port);
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        // Devices are mostly called by their address, which no browser sends as a server name.
        secure.setSniHostCheck(false);
        http.addCustomizer(secure);
        ServerConnector connector = ports.createSecureConnector(server, http, ssl);
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    private SslContextFactory.Server createSettings() {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        applyKeys(ssl);
        ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        ssl.setExcludeCipherSuites("^TLS_RSA_.*$", "^.*_CBC_.*$", "^.*_(MD5|SHA|SHA1)$");
        ssl.setRenegotiationAllowed(false);
        return ssl;
    }

    private void applyKeys(SslContextFactory factory) {
        ServerIdentity now = identity;
        String password = new String(now.password());
        factory.setKeyStore(now.keyStore());
        factory.setKeyStorePassword(password);
        factory.setKeyManagerPassword(password);
    }
}
