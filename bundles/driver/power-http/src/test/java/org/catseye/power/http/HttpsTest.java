package org.catseye.power.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.power.PowerCondition;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A device with its own certificate, which Java does not trust. */
public class HttpsTest {

    private static final long PATIENCE_SECONDS = 60;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void requireOpenssl() {
        Assume.assumeTrue("openssl is installed", Files.isExecutable(Path.of("/usr/bin/openssl")));
    }

    private Path create(String name, String... subject) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-keyout", name + ".key", "-out", name + ".pem"));
        command.addAll(List.of(subject));
        Process process = new ProcessBuilder(command).directory(folder.getRoot()).redirectErrorStream(true)
            .redirectOutput(new File(folder.getRoot(), "openssl.log")).start();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0);
        return folder.getRoot().toPath().resolve(name + ".pem");
    }

    private RelayServer start(Path certificate) throws IOException {
        Path key = Path.of(certificate.toString().replace(".pem", ".key"));
        return new RelayServer(folder.getRoot().toPath(), Optional.of(certificate), "--certificate", certificate.toString(), "--key", key.toString());
    }

    private static HttpRelay relay(RelayServer server, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("address", server.address()));
        all.putAll(more);
        return new HttpRelay(all);
    }

    private static void assertNotTrusted(HttpRelay relay) {
        IOException failure = assertThrows(IOException.class, relay::readState);
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("No secure connection to https://"));
    }

    @Test
    public void onlyTheCertificateInTheFileIsTrusted() throws Exception {
        Path own = create("own", "-subj", "/CN=shelly-1234");
        try (RelayServer server = start(own)) {
            server.setOn(true);
            assertEquals(PowerCondition.ON, relay(server, Map.of("certificateFile", own.toString())).readState().condition());
            assertNotTrusted(relay(server, Map.of()));
            Path other = create("other", "-subj", "/CN=shelly-1234");
            assertNotTrusted(relay(server, Map.of("certificateFile", other.toString())));
        }
    }

    @Test
    public void anAuthorityIsTrustedForTheNameInItsCertificates() throws Exception {
        Path authority = create("authority", "-subj", "/CN=authority");
        for (String name : new String[] {"IP:127.0.0.1", "DNS:other.example.org"}) {
            Path issued = create("issued", "-subj", "/CN=relay", "-addext", "subjectAltName=" + name, "-addext", "basicConstraints=critical,CA:false", "-CA",
                "authority.pem", "-CAkey", "authority.key");
            try (RelayServer server = start(issued)) {
                server.setOn(true);
                HttpRelay relay = relay(server, Map.of("certificateFile", authority.toString()));
                if (name.startsWith("IP")) {
                    assertEquals(PowerCondition.ON, relay.readState().condition());
                } else {
                    assertNotTrusted(relay);
                }
            }
        }
    }

    @Test
    public void aMissingFileIsReported() throws Exception {
        Path own = create("own", "-subj", "/CN=shelly-1234");
        try (RelayServer server = start(own)) {
            IOException failure = assertThrows(IOException.class, relay(server, Map.of("certificateFile", "/none.pem"))::readState);
            assertEquals("The certificate file /none.pem cannot be used: /none.pem", failure.getMessage());
        }
    }
}
