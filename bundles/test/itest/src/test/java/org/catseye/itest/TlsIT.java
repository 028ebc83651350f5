package org.catseye.itest;

import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.inject.Inject;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** HTTPS by the device's own authority: a client that trusts it, and checks names, gets in and sees moving pictures. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TlsIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Test
    public void whoTrustsTheAuthorityGetsInAndSeesPictures() throws Exception {
        Running running = new Running(context);
        running.client();
        Client client = new Client(running.secureOrigin(), trust()).login(Product.PASSWORD);
        Client.Socket video = client.socket("/api/v1/targets/default/video", "catseye.video.v1");
        Client.Socket control = client.socket("/api/v1/targets/default/control", "catseye.control.v1");
        assertNotNull(control.text(text -> text.contains("\"type\":\"state\"")));
        for (int i = 0; i < 3; i++) {
            control.say("{\"type\":\"key\",\"code\":\"KeyT\",\"down\":true}").say("{\"type\":\"key\",\"code\":\"KeyT\",\"down\":false}");
            assertNotNull("a frame over TLS", video.freshFrame());
        }
        video.close();
        control.close();
    }

    @Test
    public void theCookieIsForTlsOnly() throws Exception {
        Running running = new Running(context);
        running.client();
        Client client = new Client(running.secureOrigin(), trust());
        String cookie = client.send("POST", "/api/v1/session", "{\"user\":\"admin\",\"password\":\"" + Product.PASSWORD + "\"}").headers()
                .firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie, cookie.contains("Secure"));
    }

    private SSLContext trust() throws Exception {
        Path authority = Path.of(context.getProperty("catseye.home"), "tls", "authority.pem");
        Running.await("the authority", () -> Files.exists(authority) ? authority : null);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry("catseye", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext trust = SSLContext.getInstance("TLS");
        trust.init(null, managers.getTrustManagers(), null);
        return trust;
    }
}
