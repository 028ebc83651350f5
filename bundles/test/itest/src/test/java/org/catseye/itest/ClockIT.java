package org.catseye.itest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The product on a device whose wall clock is wrong, or jumps while it runs. */
public class ClockIT {

    /** For a machine that is busy with other tests. */
    private static final long PATIENCE_SECONDS = 60;
    private static final int STEP_SECONDS = 30;

    private FakeClock clock;
    private Device device;
    private int securePort;

    @Before
    public void createDevice() throws Exception {
        Optional<Path> library = FakeClock.findLibrary();
        assumeTrue("libfaketime is not installed; it is in the Debian package faketime", library.isPresent());
        Path homes = Files.createDirectories(Path.of(System.getProperty("catseye.itest.homes")));
        clock = new FakeClock(library.get(), Files.createTempDirectory(homes, "clock").resolve("offset"));
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            securePort = socket.getLocalPort();
        }
        device = new Device(clock.environment());
    }

    @After
    public void stopDevice() throws Exception {
        // Null if libfaketime is missing.
        if (device != null) {
            stop();
        }
    }

    private void start() throws Exception {
        device.start("--https-port", Integer.toString(securePort));
        device.awaitReady();
    }

    private void stop() throws Exception {
        device.stop();
        FakeClock.removeSharedMemory(device.processId());
    }

    @Test
    public void oneTimeCodesAreAcceptedWhileTheClockIsADayAheadAndAfterItWasPutBack() throws Exception {
        start();
        String secret = enableSecondFactor();
        HttpResponse<String> withoutCode = login("");
        assertTrue(withoutCode.body(), withoutCode.statusCode() == 401 && withoutCode.body().contains("otp_required"));
        clock.setOffset(Duration.ofDays(1));
        assertLogin("a day ahead", secret);
        clock.setOffset(Duration.ZERO);
        assertLogin("put back", secret);
    }

    @Test
    public void firstStartInTheYear2000CreatesCertificatesThatLast() throws Exception {
        clock.set(Instant.parse("2000-01-01T00:00:00Z"));
        start();
        X509Certificate authority = awaitAuthority(null);
        // Not compared with today, so that this test of an old version passes years later.
        Instant lastDay = readCertificate("server.pem").getNotAfter().toInstant();
        assertTrue("the server certificate lasts until " + lastDay, lastDay.isAfter(Instant.parse("2027-01-01T00:00:00Z")));
        stop();
        clock.setOffset(Duration.ZERO);
        start();
        loginOverTls(authority);
        assertArrayEquals("the authority that browsers trust is kept", authority.getEncoded(), readCertificate("authority.pem").getEncoded());
    }

    @Test
    public void certificatesThatAreNotValidYetAreReplaced() throws Exception {
        clock.setOffset(Duration.ofDays(366));
        start();
        X509Certificate early = awaitAuthority(null);
        assertTrue("created by a clock that is ahead", early.getNotBefore().toInstant().isAfter(Instant.now()));
        stop();
        clock.setOffset(Duration.ZERO);
        start();
        X509Certificate authority = awaitAuthority(early);
        authority.checkValidity();
        loginOverTls(authority);
        readCertificate("server.pem").checkValidity();
    }

    /** As an owner does it, with the app on a phone whose clock is the device's. Returns the secret. */
    private String enableSecondFactor() throws Exception {
        Client owner = new Client(device.origin()).login(Product.PASSWORD);
        String path = "/api/v1/users/admin/second-factor";
        HttpResponse<String> begun = owner.send("POST", path, "{\"password\":\"" + Product.PASSWORD + "\"}");
        String secret = new ObjectMapper().readTree(begun.body()).path("secret").asText();
        HttpResponse<String> confirmed = owner.send("PUT", path, "{\"code\":\"" + computeCode(secret, clock.now()) + "\"}");
        assertEquals(begun.body() + confirmed.body(), 200, confirmed.statusCode());
        return secret;
    }

    private void assertLogin(String when, String secret) throws Exception {
        HttpResponse<String> answer = login(",\"otp\":\"" + computeCode(secret, clock.now()) + "\"");
        assertEquals(when + ": " + answer.body(), 200, answer.statusCode());
    }

    private HttpResponse<String> login(String otp) throws Exception {
        return new Client(device.origin()).send("POST", "/api/v1/session", "{\"user\":\"admin\",\"password\":\"" + Product.PASSWORD + "\"" + otp + "}");
    }

    /** RFC 6238, independent of the product's own code. */
    private static String computeCode(String secret, Instant time) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(decodeBase32(secret), "RAW"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(time.getEpochSecond() / STEP_SECONDS).array());
        int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }

    /** Of 160 bits, which need no padding. */
    private static byte[] decodeBase32(String text) {
        StringBuilder digits = new StringBuilder("1");
        text.chars().forEach(letter -> digits.append(Character.forDigit("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter), Character.MAX_RADIX)));
        byte[] bytes = new BigInteger(digits.toString(), 32).toByteArray();
        // Without the leading one, which keeps leading zeros.
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    private X509Certificate awaitAuthority(X509Certificate former) throws Exception {
        return Running.await("a new authority, and a certificate by it", () -> {
            X509Certificate authority = readCertificate("authority.pem");
            boolean complete = !authority.equals(former) && readCertificate("server.pem").getIssuerX500Principal().equals(authority.getSubjectX500Principal());
            return complete ? authority : null;
        }, PATIENCE_SECONDS);
    }

    /** The first certificate of the file. */
    private X509Certificate readCertificate(String name) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(device.home().resolve("tls").resolve(name))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** With a right clock, and as a browser that has imported this authority only. */
    private void loginOverTls(X509Certificate authority) throws Exception {
        SSLContext trust = Trust.inAuthority(authority);
        Running.await("a login over TLS", () -> {
            try {
                return new Client("https://127.0.0.1:" + securePort, trust).login(Product.PASSWORD);
            } catch (SSLException e) {
                throw new AssertionError("the certificate is refused", e);
            }
        }, PATIENCE_SECONDS);
    }
}
