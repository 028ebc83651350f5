package org.catseye.web.socket.tls;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.catseye.web.ServerIdentity;
import org.catseye.web.socket.FakeHttp;
import org.catseye.web.socket.server.GuardedPorts;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;

public class TlsConnectorTest {

    private static final String PASSWORD = "of the test";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final Server server = new Server();
    private TlsConnector tls;
    private ServerConnector connector;

    @Before
    public void start() throws Exception {
        BundleContext context = FakeHttp.proxy(BundleContext.class, (self, called, arguments) -> arguments[0].equals("catseye.https.port") ? "0" : "127.0.0.1");
        tls = new TlsConnector(context, identity("first"), new GuardedPorts());
        connector = (ServerConnector) tls.createConnector(server);
        server.addConnector(connector);
        server.start();
    }

    @After
    public void stop() throws Exception {
        server.stop();
    }

    @Test
    public void aNewCertificateIsTakenUpWhileOpenConnectionsGoOn() throws Exception {
        ServerIdentity second = identity("second");
        try (SSLSocket open = connect()) {
            assertEquals("CN=first", shown(open));
            assertEquals(404, ask(open));
            tls.updateIdentity(second);
            assertEquals("the open one goes on", 404, ask(open));
            try (SSLSocket later = connect()) {
                assertEquals("CN=second", shown(later));
                assertEquals(404, ask(later));
            }
        }
    }

    @Test
    public void aCertificateThatCannotBeUsedLeavesTheOldOneInUse() throws Exception {
        tls.updateIdentity(new Identity(KeyStore.getInstance("PKCS12")));
        try (SSLSocket socket = connect()) {
            assertEquals("CN=first", shown(socket));
        }
    }

    private record Identity(KeyStore keyStore) implements ServerIdentity {
        @Override
        public char[] password() {
            return PASSWORD.toCharArray();
        }
    }

    /** By the JDK's keytool: Java has no public way to sign a certificate. */
    private ServerIdentity identity(String name) throws Exception {
        Path file = folder.getRoot().toPath().resolve(name + ".p12");
        Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server", "-keyalg", "EC",
                "-dname", "CN=" + name, "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said, keytool.waitFor(30, TimeUnit.SECONDS) && keytool.exitValue() == 0);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new Identity(store);
    }

    private SSLSocket connect() throws Exception {
        TrustManager all = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {all}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", connector.getLocalPort());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    private static String shown(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
    }

    /** The status of an answer, read to its end so that the connection can be used again. */
    private static int ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) c);
        }
        return Integer.parseInt(head.substring(9, 12));
    }
}
