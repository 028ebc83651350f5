package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
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

    @Test
    public void onlySuitesWithForwardSecrecyAndAuthenticatedEncryptionAreSpoken() throws Exception {
        new Running(context).client();
        URI origin = URI.create(new Running(context).secureOrigin());
        SSLContext trust = trust();
        Set<String> spoken = new TreeSet<>();
        int tried = 0;
        for (String suite : trust.getSupportedSSLParameters().getCipherSuites()) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(origin.getHost(), origin.getPort())) {
                    socket.setSoTimeout(10_000);
                    socket.setEnabledProtocols(new String[] {protocol});
                    socket.setEnabledCipherSuites(new String[] {suite});
                    tried++;
                    socket.startHandshake();
                    spoken.add(socket.getSession().getProtocol() + " " + socket.getSession().getCipherSuite());
                } catch (SSLException refused) {
                    // As it should be, for all but the few below.
                }
            }
        }
        assertTrue(tried + " tried", tried > 40);
        assertEquals(new TreeSet<>(List.of("TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLSv1.2 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLSv1.3 TLS_AES_128_GCM_SHA256", "TLSv1.3 TLS_AES_256_GCM_SHA384",
                "TLSv1.3 TLS_CHACHA20_POLY1305_SHA256")), spoken);
    }

    /** By hand, for Java's own client would not even offer it. */
    @Test
    public void whoOffersNoMoreThanTls11IsRefused() throws Exception {
        new Running(context).client();
        URI origin = URI.create(new Running(context).secureOrigin());
        assertEquals("TLS 1.2, to see that the greeting is well-formed: a server hello", 22, greet(origin, 3, 0xc02b));
        for (int minor = 0; minor <= 2; minor++) {
            assertEquals("an alert for 3." + minor, 21, greet(origin, minor, 0xc009));
        }
    }

    /** RFC 5246 section 7.4.1.2. @return the type of the first record of the answer */
    private static int greet(URI origin, int minor, int suite) throws IOException {
        byte[] extensions = HexFormat.of().parseHex("000a000400020017" + "000b00020100" + "000d0006000404030401");
        ByteBuffer hello = ByteBuffer.allocate(256).put((byte) 22).put((byte) 3).put((byte) Math.min(minor, 1)).putShort((short) (4 + 34 + 1 + 4 + 2 + 2 + extensions.length));
        hello.put((byte) 1).put((byte) 0).putShort((short) (34 + 1 + 4 + 2 + 2 + extensions.length)).put((byte) 3).put((byte) minor).put(new byte[32]).put((byte) 0)
                .putShort((short) 2).putShort((short) suite).put((byte) 1).put((byte) 0).putShort((short) extensions.length).put(extensions);
        try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello.array(), 0, hello.position());
            return socket.getInputStream().read();
        }
    }

    private SSLContext trust() throws Exception {
        return Trust.inAuthorityOf(Path.of(context.getProperty("catseye.home")));
    }
}
