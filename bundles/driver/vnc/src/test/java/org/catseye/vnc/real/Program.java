package org.catseye.vnc.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs for a test, with its output in a file. */
final class Program implements AutoCloseable {

    static final long PATIENCE_MILLIS = 60_000;
    /** Until a server that is back is shown: the longest pause between two attempts, and time for a busy machine. */
    static final long RETURN_MILLIS = 20_000;

    private final Process process;
    private final Path log;
    private final Thread atExit;

    Program(Path folder, String... command) throws IOException {
        log = Files.createTempFile(folder, Path.of(command[0]).getFileName().toString(), ".log");
        process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static boolean isInstalled(String... names) {
        return Stream.of(names).allMatch(name -> Stream.of("/usr/bin/", "/usr/sbin/").anyMatch(folder -> Files.isExecutable(Path.of(folder + name))));
    }

    /** Runs a program to its end. @return its output */
    static byte[] run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(List.of(command) + ": " + Files.readString(errors));
        }
        return Files.readAllBytes(output);
    }

    static int findFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String output() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits until the program has made a result. */
    <T> T await(Poll<T> poll) throws IOException, InterruptedException {
        Optional<T> result = poll(poll);
        if (result.isEmpty()) {
            throw new IOException((isRunning() ? "not in time: " : "ended: ") + output());
        }
        return result.get();
    }

    private <T> Optional<T> poll(Poll<T> poll) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        Optional<T> result = poll.find();
        while (result.isEmpty() && isRunning() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
            result = poll.find();
        }
        return result;
    }

    @FunctionalInterface
    interface Poll<T> {
        Optional<T> find() throws IOException, InterruptedException;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
