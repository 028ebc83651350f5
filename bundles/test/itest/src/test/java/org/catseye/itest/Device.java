package org.catseye.itest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The product on a device: a home that outlives restarts, the commands of a person with a shell on it. On the loopback address. */
final class Device {

    private static final long READY_SECONDS = 60;
    private final Path home;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    Device() throws IOException {
        this(Map.of());
    }

    /** @param environment what the product gets in addition */
    Device(Map<String, String> environment) throws IOException {
        this.environment = Map.copyOf(environment);
        Path homes = Path.of(System.getProperty("catseye.itest.homes"));
        Files.createDirectories(homes);
        home = Files.createTempDirectory(homes, "device");
        Files.writeString(home.resolve("password"), Product.PASSWORD + "\n");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    private static String program() {
        return Path.of(System.getProperty("catseye.dist"), "bin/catseye").toString();
    }

    /** Starts it and doesn't wait. */
    void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(), "--port", Integer.toString(port), "--home", home.toString(),
                "--admin-password-file", home.resolve("password").toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        builder.environment().put("CATSEYE_CDS", "off");
        // The test may run below a service of its own.
        builder.environment().remove("INVOCATION_ID");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    Path output() {
        return home.resolve("output");
    }

    void awaitReady() throws Exception {
        Running.await("a login is possible: " + Files.readString(output()), () -> isHealthy() ? true : null, READY_SECONDS);
    }

    boolean isHealthy() {
        try {
            return new Client(origin()).send("GET", "/api/v1/health", "").statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this is the password of the admin; a device that doesn't answer as it should opens to nobody. */
    boolean opens(String password) {
        try {
            return new Client(origin()).send("GET", "/login", "").body().contains("catseye-login") && new Client(origin()).login(password) != null;
        } catch (IOException closed) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One command on the device. Returns what it printed. */
    String recover(String password) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(program(), "recover", "--home", home.toString()).redirectErrorStream(true);
        builder.environment().put("CATSEYE_CDS", "off");
        Process command = builder.start();
        command.getOutputStream().write((password + "\n").getBytes(StandardCharsets.UTF_8));
        command.getOutputStream().close();
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (command.waitFor() != 0) {
            throw new AssertionError("recover failed: " + said + "\n" + Files.readString(output()));
        }
        return said;
    }

    /** The process that holds the home, which may be another than the one that was started here. */
    Optional<ProcessHandle> holder() throws IOException {
        Path lock = home.resolve("lock");
        return Files.exists(lock) ? Optional.of(Files.readString(lock).trim()).filter(id -> id.matches("\\d+")).map(Long::parseLong).flatMap(ProcessHandle::of) : Optional.empty();
    }

    /** Whether the process that was started here still runs. */
    boolean isRunning() {
        return process.isAlive();
    }

    /** Of the process that was started here, also after its end. */
    long processId() {
        return process.pid();
    }

    /** As a power cut does. */
    void stop() throws Exception {
        Optional<ProcessHandle> holder = holder().filter(handle -> handle.info().arguments().map(List::of).orElse(List.of()).contains(home.toString()));
        holder.ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        if (holder.isPresent()) {
            holder.get().onExit().get(10, TimeUnit.SECONDS);
        }
    }
}
