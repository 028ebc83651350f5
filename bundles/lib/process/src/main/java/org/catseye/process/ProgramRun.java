package org.catseye.process;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.options.ForeignText;

/**
 * One run of a program. Of the environment it gets only PATH and what is stated. When the time is over, the program and what it has started
 * end. Its output is read without a thread: pipes that a child in the background keeps open must not delay the result.
 */
public final class ProgramRun {

    private static final int MAX_SHOWN_CHARS = 200;
    private static final long POLL_MILLIS = 10;
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final File NOTHING = new File("/dev/null");

    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private File folder = new File("/");
    private File input = NOTHING;
    private File output;
    private Duration limit = Duration.ofSeconds(10);
    private int maxOutputBytes = 16_384;

    /** @param command the program and its arguments; no shell reads them */
    public ProgramRun(List<String> command) {
        this.command = List.copyOf(command);
        environment.put("PATH", System.getenv().getOrDefault("PATH", DEFAULT_PATH));
    }

    /** The working folder; the default is the root folder. */
    public ProgramRun inFolder(Path path) {
        folder = path.toFile();
        return this;
    }

    public ProgramRun withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The default is no input. */
    public ProgramRun readingFrom(Path file) {
        input = file.toFile();
        return this;
    }

    /** What the program prints goes into this file; {@link #run} then returns nothing of it. */
    public ProgramRun writingTo(Path file) {
        output = file.toFile();
        return this;
    }

    /** The default is ten seconds. */
    public ProgramRun within(Duration time) {
        limit = time;
        return this;
    }

    /** How much of the output is kept, its last bytes; the default is 16 KiB. */
    public ProgramRun keeping(int bytes) {
        maxOutputBytes = bytes;
        return this;
    }

    /**
     * Runs the program.
     *
     * @return what it printed, without blanks at the end
     * @throws IOException if it cannot be started, fails or takes too long; the message is for the user
     */
    public String run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder).redirectInput(input);
        if (output != null) {
            builder.redirectOutput(output);
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("The program " + command.get(0) + " cannot be started: " + shorten(e.getMessage()), e);
        }
        return new Running(process).awaitResult();
    }

    /** Text of a program as a part of a message: one short line. */
    public static String shorten(String text) {
        return ForeignText.shorten(String.valueOf(text), MAX_SHOWN_CHARS);
    }

    private final class Running {

        private final Process process;
        private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

        Running(Process process) {
            this.process = process;
        }

        String awaitResult() throws IOException, InterruptedException {
            try {
                long end = System.nanoTime() + limit.toNanos();
                while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    drainOutput();
                    if (System.nanoTime() - end > 0) {
                        throw new IOException(describeCommand() + " did not end within " + limit.toMillis() / 1000.0 + " s and was stopped.");
                    }
                }
                drainOutput();
                if (process.exitValue() != 0) {
                    String message = findLastLine(errors.toString(StandardCharsets.UTF_8));
                    throw new IOException(message.contains(" ") ? message : describeCommand() + " failed with exit code " + process.exitValue()
                        + (message.isEmpty() ? "." : ": " + message));
                }
                return printed.toString(StandardCharsets.UTF_8).stripTrailing();
            } finally {
                endTree(process.toHandle());
                closeStreams();
            }
        }

        private String describeCommand() {
            return shorten(String.join(" ", command));
        }

        private void drainOutput() throws IOException {
            drain(process.getInputStream(), printed);
            drain(process.getErrorStream(), errors);
        }

        /** Reads what is there without waiting. Keeps the last bytes, because the last line counts. */
        private void drain(InputStream from, ByteArrayOutputStream to) throws IOException {
            for (int available = from.available(); available > 0; available = from.available()) {
                byte[] part = from.readNBytes(Math.min(available, maxOutputBytes));
                if (to.size() + part.length > maxOutputBytes) {
                    to.reset();
                }
                to.write(part);
            }
        }

        private void closeStreams() throws IOException {
            process.getInputStream().close();
            process.getErrorStream().close();
        }
    }

    /** From the top, so that a shell does not go on with its next command. The children of an ended process are no longer found. */
    private static void endTree(ProcessHandle top) {
        List<ProcessHandle> children = top.children().toList();
        top.destroyForcibly();
        children.forEach(ProgramRun::endTree);
    }

    private static String findLastLine(String text) {
        String[] lines = text.strip().split("\\R");
        return shorten(lines[lines.length - 1]);
    }
}
