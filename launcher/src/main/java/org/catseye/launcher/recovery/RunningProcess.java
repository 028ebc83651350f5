package org.catseye.launcher.recovery;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The process that uses a home, with everything that is needed to start it again. This is read from /proc while the process runs. */
public final class RunningProcess {
    /** By name: the package of the main class depends on this one. */
    static final String MAIN_CLASS = "org.catseye.launcher.Main";
    private static final Path PROC = Path.of("/proc");
    private final ProcessHandle process;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;

    private RunningProcess(ProcessHandle process, List<String> command, Map<String, String> environment, Path folder) {
        this.process = process;
        this.command = command;
        this.environment = environment;
        this.folder = folder;
    }

    /** Empty if the lock file of the home contains no process id, or that of another program or user. */
    public static Optional<RunningProcess> findByHome(Path home) {
        try {
            long id = Long.parseLong(Files.readString(home.resolve("lock")).trim());
            Path proc = PROC.resolve(Long.toString(id));
            List<String> command = readEntries(proc.resolve("cmdline"));
            if (!command.contains(MAIN_CLASS)) {
                return Optional.empty();
            }
            Map<String, String> environment = new HashMap<>();
            readEntries(proc.resolve("environ")).stream().map(entry -> entry.split("=", 2)).filter(entry -> entry.length == 2)
                    .forEach(entry -> environment.put(entry[0], entry[1]));
            Path folder = Files.readSymbolicLink(proc.resolve("cwd"));
            return ProcessHandle.of(id).map(process -> new RunningProcess(process, command, environment, folder));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static List<String> readEntries(Path file) throws IOException {
        return Arrays.stream(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0")).toList();
    }

    /** Ends the process with a signal that it cannot handle (SIGKILL). */
    public void killForcibly() {
        process.destroyForcibly();
    }

    /** Whether no service manager started it: systemd sets INVOCATION_ID, and starts Catseye again by itself. */
    public boolean isStartedByHand() {
        return !environment.containsKey("INVOCATION_ID");
    }

    /** Starts it again with the same command, environment and folder, in a session of its own, so that it outlives the terminal. Returns the process id. */
    public long restartDetached(Path output) throws IOException {
        List<String> again = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            again.add("/usr/bin/setsid");
        }
        // Both belong to the first start: its time, and the class archive that it writes.
        command.stream().filter(argument -> !argument.startsWith("-Dcatseye.started=") && !argument.startsWith("-XX:ArchiveClassesAtExit=")).forEach(again::add);
        ProcessBuilder builder = new ProcessBuilder(again).directory(folder.toFile()).redirectInput(new File("/dev/null"))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start().pid();
    }
}
