package org.catseye.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catseye.qemu.qmp.QmpAddress;
import org.catseye.qemu.qmp.QmpClient;
import org.catseye.qemu.qmp.QmpListener;

/** A real QEMU with emulated processors. The driver gets its own monitor; the test has another one. */
public final class QemuProcess implements AutoCloseable {

    private static final String PROGRAM = "qemu-system-x86_64";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long PATIENCE_MILLIS = 20_000;
    private static final long POLL_MILLIS = 10;

    private final Path folder;
    private final List<String> options;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private Process process;
    private QmpClient monitor;

    /** Starts it. @param options more options of QEMU */
    public QemuProcess(Path folder, String... options) throws Exception {
        this.folder = folder;
        this.options = List.of(options);
        startQemu();
    }

    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(each -> Files.isExecutable(Path.of(each, PROGRAM)));
    }

    /** The socket for the driver. */
    public Path socket() {
        return folder.resolve("qmp");
    }

    public Path folder() {
        return folder;
    }

    public long pid() {
        return process.pid();
    }

    /** Starts it, or starts it again. */
    public void startQemu() throws Exception {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-machine", "pc,accel=tcg", "-m", "32", "-nodefaults", "-no-user-config", "-display", "none",
                "-net", "none", "-vga", "std", "-qmp", "unix:" + socket() + ",server=on,wait=off", "-qmp",
                "unix:" + folder.resolve("test") + ",server=on,wait=off", "-serial", "unix:" + folder.resolve("serial") + ",server=on,wait=off"));
        command.addAll(options);
        Path log = folder.resolve("qemu.log");
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        monitor = new QmpClient(QmpAddress.ofSocket(folder.resolve("test")), "test", new Recorder());
        monitor.start();
        awaitTrue("QEMU starts: " + command, () -> {
            if (!process.isAlive()) {
                throw new IOException(Files.readString(log));
            }
            return monitor.currentProblem().isEmpty();
        });
    }

    private final class Recorder implements QmpListener {
        @Override
        public void handleConnection() {
            events.clear();
        }

        @Override
        public void handleEvent(String event, JsonNode data) {
            events.add(event);
        }

        @Override
        public void handleDisconnection(String problem) {
            events.add("end");
        }
    }

    /** The names of the events since the start or {@link #forgetEvents()}. */
    public List<String> events() {
        return List.copyOf(events);
    }

    public void forgetEvents() {
        events.clear();
    }

    /** Executes a command in the monitor of the test. */
    public JsonNode execute(String command, Map<String, ?> arguments) throws Exception {
        return monitor.execute(command, arguments, TIMEOUT);
    }

    public String status() throws Exception {
        return execute("query-status", Map.of()).path("status").asText();
    }

    public void killQemu() throws Exception {
        process.destroyForcibly().waitFor();
    }

    public static void awaitTrue(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        monitor.close();
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
