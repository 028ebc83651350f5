package org.catseye.power.script;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.options.ForeignText;

/**
 * One run of a program. It has no input, and of the environment only PATH and the target's id. When the time is over, the program and what
 * it has started end. Its output is read without a thread: pipes that a child in the background keeps open must not delay the result.
 */
final class ScriptRun {

    static final String TARGET = "KVM_TARGET";
    private static final int MAX_OUTPUT_BYTES = 16_384;
    private static final int MAX_SHOWN_CHARS = 200;
    private static final long POLL_MILLIS = 10;
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Process process;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private ScriptRun(Process process) {
        this.process = process;
    }

    /**
     * Runs a program and returns what it printed, without blanks at the ends.
     *
     * @throws IOException if it fails or takes too long; the message is for the user
     */
    static String runProgram(Path program, String argument, String targetId, Duration limit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(program.toString(), argument)).directory(program.getParent().toFile())
            .redirectInput(new File("/dev/null"));
        String path = System.getenv().getOrDefault("PATH", DEFAULT_PATH);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, TARGET, targetId));
        ScriptRun run;
        try {
            run = new ScriptRun(builder.start());
        } catch (IOException e) {
            throw new IOException("The program " + program + " cannot be started: " + shorten(e.getMessage()), e);
        }
        return run.awaitResult(program + " " + argument, limit);
    }

    private String awaitResult(String command, Duration limit) throws IOException, InterruptedException {
        try {
            long end = System.nanoTime() + limit.toNanos();
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                drainOutput();
                if (System.nanoTime() - end > 0) {
                    throw new IOException(command + " did not end within " + limit.toMillis() / 1000.0 + " s and was stopped.");
                }
            }
            drainOutput();
            if (process.exitValue() != 0) {
                String message = findLastLine(errors.toString(StandardCharsets.UTF_8));
                throw new IOException(message.contains(" ") ? message : command + " failed with exit code " + process.exitValue()
                    + (message.isEmpty() ? "." : ": " + message));
            }
            return output.toString(StandardCharsets.UTF_8).strip();
        } finally {
            endTree(process.toHandle());
            closeStreams();
        }
    }

    private void drainOutput() throws IOException {
        drain(process.getInputStream(), output);
        drain(process.getErrorStream(), errors);
    }

    /** Reads what is there without waiting. Keeps the last bytes, because the last line counts. */
    private static void drain(InputStream from, ByteArrayOutputStream to) throws IOException {
        for (int available = from.available(); available > 0; available = from.available()) {
            byte[] part = from.readNBytes(Math.min(available, MAX_OUTPUT_BYTES));
            if (to.size() + part.length > MAX_OUTPUT_BYTES) {
                to.reset();
            }
            to.write(part);
        }
    }

    /** From the top, so that a shell does not go on with its next command. The children of an ended process are no longer found. */
    private static void endTree(ProcessHandle top) {
        List<ProcessHandle> children = top.children().toList();
        top.destroyForcibly();
        children.forEach(ScriptRun::endTree);
    }

    private void closeStreams() throws IOException {
        process.getInputStream().close();
        process.getErrorStream().close();
    }

    private static String findLastLine(String text) {
        String[] lines = text.strip().split("\\R");
        return shorten(lines[lines.length - 1]);
    }

    /** Text of a program as a part of a message: one short line. */
    static String shorten(String text) {
        return ForeignText.shorten(String.valueOf(text), MAX_SHOWN_CHARS);
    }
}
