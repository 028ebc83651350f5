package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A certificate of the owner's that cannot be used costs nobody HTTPS: the device's own serves meanwhile. */
public class OwnCertificateIT {

    private static final long PATIENCE_SECONDS = 60;

    private Device device;
    private int securePort;

    @Before
    public void createDevice() throws IOException {
        device = new Device();
        securePort = Floods.freePort();
    }

    @After
    public void stopDevice() throws Exception {
        device.stop();
    }

    @Test
    public void garbageIsReportedAndTheDeviceServesWithItsOwnCertificate() throws Exception {
        Path folder = Files.createDirectories(device.home().resolve("tls"));
        Files.writeString(folder.resolve("own.pem"), "garbage");
        Files.writeString(folder.resolve("own.key"), "garbage");
        device.start("--https-port", Integer.toString(securePort));
        device.awaitReady();
        Client owner = Running.await("a login over TLS", () -> {
            try {
                return new Client("https://127.0.0.1:" + securePort, Trust.inAuthorityOf(device.home())).login(Product.PASSWORD);
            } catch (SSLException e) {
                throw new AssertionError("the certificate is refused", e);
            }
        }, PATIENCE_SECONDS);
        String checks = owner.send("GET", "/api/v1/targets/default/checks", "").body();
        assertTrue(checks, checks.contains("Your own certificate is not used") && checks.contains("Replace own.key and own.pem, or remove them"));
        assertTrue("so says the log", Files.readString(device.output()).contains("Your own certificate is not used"));
        assertEquals("nothing was overwritten", "garbage", Files.readString(folder.resolve("own.pem")));
    }
}
