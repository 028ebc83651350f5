package org.catseye.power.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.power.http.exchange.Credentials;
import org.catseye.power.http.exchange.Endpoint;
import org.catseye.power.http.exchange.HttpExchange;
import org.catseye.power.http.exchange.HttpQuery;
import org.catseye.secrets.SecretText;
import org.catseye.trust.DeviceTrust;
import org.junit.Assume;

/** The devices of {@code relays.py}: a server in Python, as a process of its own on a port of the loopback address. */
final class RelayServer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final SecretText NONE = new SecretText("");

    private final Process process;
    private final String address;
    private final HttpExchange access;

    /** @param folder for its program @param options of {@code relays.py} */
    RelayServer(Path folder, Optional<Path> certificate, String... options) throws IOException {
        Path program = folder.resolve("relays.py");
        try (InputStream in = RelayServer.class.getResourceAsStream("/relays.py")) {
            Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of("python3", program.toString()));
        command.addAll(List.of(options));
        process = start(command);
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String port = output.readLine();
        if (port == null) {
            throw new IOException("relays.py does not start");
        }
        address = (certificate.isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
        access = new HttpExchange(Endpoint.parseAddress(address).orElseThrow(), new Credentials("", NONE, NONE, false), new DeviceTrust(certificate));
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            Assume.assumeNoException("python3 is installed", e);
            throw new IllegalStateException(e);
        }
    }

    String address() {
        return address;
    }

    /** Switches the relay by hand, and forgets the requests so far. */
    void setOn(boolean on) throws IOException {
        access.sendQuery(HttpQuery.get("/test?on=" + (on ? 1 : 0)), LIMIT);
    }

    /** A relay whose contact does not move any more. */
    void setStuck(boolean on) throws IOException {
        access.sendQuery(HttpQuery.get("/test?stuck=1&on=" + (on ? 1 : 0)), LIMIT);
    }

    /** Method, path, content type and body of each request since {@link #setOn}. */
    List<String> requests() throws IOException {
        return access.sendQuery(HttpQuery.get("/test/requests"), LIMIT).lines().toList();
    }

    void stop() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
