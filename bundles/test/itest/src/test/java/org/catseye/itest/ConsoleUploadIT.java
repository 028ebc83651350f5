package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Test;

/** The web console's form for bundles: what goes through it is bounded and on record, with the hash of what was installed and by whom. */
public class ConsoleUploadIT {

    private static final String BOUNDARY = "----catseye";

    @Test
    public void anInstalledBundleIsOnRecordAndAHugeOneIsRefusedInWords() throws Exception {
        try (Started product = Started.claimed(Map.of())) {
            Client owner = new Client(product.origin()).login(Product.PASSWORD);
            byte[] jar = bundle();
            String head = "POST /system/console/bundles HTTP/1.1\r\nHost: 127.0.0.1:" + product.port() + "\r\nOrigin: " + product.origin() + "\r\nCookie: " + owner.cookie()
                    + "\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n";
            byte[] form = form(jar);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes((head + "Content-Length: " + form.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(form);
            Wire.Answer answer = new Wire(product.port()).raw(request.toByteArray());
            assertTrue(answer.head(), answer.status() == 200 || answer.status() == 302);
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
            String audit = Running.await("the record of the bundle", () -> {
                String now = owner.send("GET", "/api/v1/audit", "").body();
                return now.contains("bundle.installed") && now.contains("org.example.uploaded") ? now : null;
            });
            assertTrue(audit, audit.contains(hash));
            assertTrue(audit, audit.contains("console.changed") && audit.contains("/system/console/bundles"));
            assertTrue(audit, audit.contains("\"asked\":\"upload\""));
            assertEquals(200, owner.form("/system/console/bundles/0", "action=start").statusCode());
            assertEquals(302, owner.form("/system/console/configMgr/org.catseye.web.control", "apply=true&propertylist=graceSeconds&graceSeconds=17").statusCode());
            String named = owner.send("GET", "/api/v1/audit", "").body();
            assertTrue(named, named.contains("\"bundle\":\"org.apache.felix.framework\"") && named.contains("\"asked\":\"start\""));
            assertTrue(named, named.contains("\"pid\":\"org.catseye.web.control\"") && named.contains("\"asked\":\"change\""));
            assertFalse(named, named.contains("graceSeconds"));
            assertEquals(413, huge(product.port(), head));
            assertTrue(owner.send("GET", "/api/v1/audit", "").body().contains("console.refused"));
        }
    }

    @Test
    public void aBundleThatCannotRunIsAnsweredWithTheReasonAndTakesNothingsPlace() throws Exception {
        try (Started product = Started.claimed(Map.of())) {
            Client owner = new Client(product.origin()).login(Product.PASSWORD);
            HttpResponse<String> answer = owner.upload("x.jar", HostileJar.named("org.example.x", "1.0.0", Map.of("Import-Package", "not.there")), 20);
            assertEquals(answer.body(), 409, answer.statusCode());
            assertTrue(answer.body(), answer.body().contains("x.jar is installed, but does not run") && answer.body().contains("the package not.there"));
            answer = owner.upload("gate.jar", HostileJar.unresolvable(HostileJar.find("org.catseye.web.gate")), 20);
            assertEquals(answer.body(), 409, answer.statusCode());
            assertTrue(answer.body(), answer.body().contains("the package not.there"));
            assertEquals("the product's own gate keeps running", 200, owner.send("GET", "/login", "").statusCode());
            assertEquals(302, owner.upload("good.jar", HostileJar.named("org.example.good", "1.0.0", Map.of()), 20).statusCode());
            assertTrue(Files.exists(product.home().resolve("deploy/org.example.good.jar")));
        }
    }

    /** A browser sends all of it before it looks at the answer. */
    private static int huge(int port, String head) throws IOException {
        long length = 65L << 20;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write((head + "Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] part = new byte[1 << 20];
            for (long left = length; left > 0; left -= part.length) {
                out.write(part);
            }
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(answer, answer.contains("too_large") && answer.contains("64 MiB"));
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private static byte[] bundle() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.example.uploaded");
        main.putValue("Bundle-Version", "1.0.0");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        return jar.toByteArray();
    }

    private static byte[] form(byte[] jar) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (String field : new String[] {"action=install", "bundlestartlevel=20"}) {
            String[] part = field.split("=");
            form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part[0] + "\"\r\n\r\n" + part[1] + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\"uploaded.jar\"\r\nContent-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(jar);
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }
}
