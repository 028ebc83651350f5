package org.catseye.vnc.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** An authority, and a server's certificate for localhost, with the names that QEMU expects. */
final class Certificates {

    private final Path folder;

    Certificates(Path folder) throws IOException, InterruptedException {
        this(folder, "DNS:localhost,IP:127.0.0.1");
    }

    /** @param names of the server, as openssl writes them */
    Certificates(Path folder, String names) throws IOException, InterruptedException {
        this.folder = folder;
        Program.run(folder, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority",
            "-keyout", "ca-key.pem", "-out", "ca-cert.pem");
        Program.run(folder, "openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server-key.pem", "-out", "request.pem");
        Files.writeString(folder.resolve("names"), "subjectAltName=" + names + "\n");
        Program.run(folder, "openssl", "x509", "-req", "-in", "request.pem", "-CA", "ca-cert.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-days", "2",
            "-extfile", "names", "-out", "server-cert.pem");
    }

    Path authority() {
        return folder.resolve("ca-cert.pem");
    }

    Path serverCertificate() {
        return folder.resolve("server-cert.pem");
    }

    Path serverKey() {
        return folder.resolve("server-key.pem");
    }

    /** SHA-256 in hexadecimal digits. */
    String fingerprint() throws IOException, InterruptedException {
        byte[] printed = Program.run(folder, "openssl", "x509", "-in", "server-cert.pem", "-noout", "-fingerprint", "-sha256");
        String text = new String(printed, StandardCharsets.US_ASCII).trim();
        return text.substring(text.indexOf('=') + 1).replace(":", "").toLowerCase(Locale.ROOT);
    }
}
