package org.catseye.launcher.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reports the state of Catseye to systemd, if that has started it (sd_notify(3)). Java has no datagram sockets of the kind that systemd
 * listens on, so each report is a run of the program {@code systemd-notify}: a few milliseconds, several times a minute. A failed report is
 * logged once. Thread-safe.
 */
public final class ServiceNotifier {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String PROGRAM = "systemd-notify";
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long TIMEOUT_SECONDS = 10;
    private final Map<String, String> environment;
    private final long processId;
    private volatile boolean failureLogged;

    /** @param environment of this process */
    public ServiceNotifier(Map<String, String> environment, long processId) {
        this.environment = environment;
        this.processId = processId;
    }

    /** The time after which systemd stops a process that did not report that it is alive; empty if systemd does not watch this process. */
    public Optional<Long> watchdogMillis() {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean forOther = !environment.getOrDefault("WATCHDOG_PID", Long.toString(processId)).equals(Long.toString(processId));
        return isWatched() && !forOther && micros.matches("[1-9]\\d{0,17}") ? Optional.of(Math.max(1, Long.parseLong(micros) / MICROS_PER_MILLI))
                : Optional.empty();
    }

    /** @param status one line that {@code systemctl status} shows */
    public void reportReady(String status) {
        send("READY=1", "STATUS=" + status);
    }

    public void reportAlive() {
        send("WATCHDOG=1");
    }

    private boolean isWatched() {
        return !environment.getOrDefault(SOCKET, "").isEmpty();
    }

    /** Blocks until systemd has read it, for {@link #TIMEOUT_SECONDS} at most: systemd ignores messages of processes that have ended. */
    private void send(String... assignments) {
        if (!isWatched()) {
            return;
        }
        try {
            List<String> command = new ArrayList<>(List.of(findProgram().toString()));
            command.addAll(List.of(assignments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put(SOCKET, environment.get(SOCKET));
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(PROGRAM + " did not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(PROGRAM + " ended with code " + process.exitValue());
            }
        } catch (IOException e) {
            logFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path findProgram() throws IOException {
        return Arrays.stream(environment.getOrDefault("PATH", DEFAULT_PATH).split(":")).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, PROGRAM)).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IOException(PROGRAM + " is not installed; it belongs to the package systemd"));
    }

    private void logFailure(IOException e) {
        if (!failureLogged) {
            failureLogged = true;
            LOG.log(Level.WARNING, "systemd gets no reports of Catseye, and may restart it: " + e.getMessage());
        }
    }
}
