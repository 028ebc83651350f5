package org.catseye.itest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The product as a person starts it: a process of its own, from the distribution, with its small heap, on a free port of the loopback address. */
final class Started implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Catseye is ready: http://localhost:(\\d+)/.*");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path home;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final StringBuffer said = new StringBuffer();

    /** @param configurations content of the files in the home's configuration folder, by PID */
    Started(Map<String, String> configurations, String... options) throws Exception {
        this(configurations, Map.of(), options);
    }

    /** @param environment variables that are added to those of this process */
    Started(Map<String, String> configurations, Map<String, String> environment, String... options) throws Exception {
        Path homes = Path.of(System.getProperty("catseye.itest.homes"));
        Files.createDirectories(homes);
        home = Files.createTempDirectory(homes, "started");
        Files.createDirectories(home.resolve("config"));
        for (var configuration : configurations.entrySet()) {
            Files.writeString(home.resolve("config").resolve(configuration.getKey() + ".cfg"), configuration.getValue() + "\n");
        }
        Files.writeString(home.resolve("password"), Product.PASSWORD + "\n");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("catseye.dist"), "bin/catseye").toString(), "--port", "0", "--home", home.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CATSEYE_CDS", "off");
        builder.environment().putAll(environment);
        process = builder.start();
        Thread reader = new Thread(this::read, "output of the product");
        reader.setDaemon(true);
        reader.start();
        try {
            port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            close();
            throw new IOException("not ready: " + said, e);
        }
    }

    /** With an owner already. */
    static Started claimed(Map<String, String> configurations, String... options) throws Exception {
        Path file = Files.createTempFile("catseye", ".password");
        try {
            Files.writeString(file, Product.PASSWORD + "\n");
            return new Started(configurations, Stream.concat(Stream.of("--admin-password-file", file.toString()), Stream.of(options)).toArray(String[]::new));
        } finally {
            Files.delete(file);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    port.complete(Integer.parseInt(ready.group(1)));
                }
            }
        } catch (IOException e) {
            said.append(e);
        }
        port.completeExceptionally(new IOException("it ended"));
    }

    int port() {
        return port.join();
    }

    String origin() {
        return "http://127.0.0.1:" + port();
    }

    boolean alive() {
        return process.isAlive();
    }

    long processId() {
        return process.pid();
    }

    /** What it printed so far. */
    String said() {
        return said.toString();
    }

    Path home() {
        return home;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
