package org.catseye.launcher;

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

/** The process that holds a home, with everything that is needed to start it again: read from /proc while it lives. */
final class RunningProcess {
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

    /** Empty if the home's lock names none, or one that is not a Catseye of this user. */
    static Optional<RunningProcess> find(Path home) {
        try {
            long id = Long.parseLong(Files.readString(home.resolve("lock")).trim());
            Path proc = PROC.resolve(Long.toString(id));
            List<String> command = entries(proc.resolve("cmdline"));
            if (!command.contains(Main.class.getName())) {
                return Optional.empty();
            }
            Map<String, String> environment = new HashMap<>();
            entries(proc.resolve("environ")).stream().map(entry -> entry.split("=", 2)).filter(entry -> entry.length == 2)
                    .forEach(entry -> environment.put(entry[0], entry[1]));
            Path folder = Files.readSymbolicLink(proc.resolve("cwd"));
            return ProcessHandle.of(id).map(process -> new RunningProcess(process, command, environment, folder));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static List<String> entries(Path file) throws IOException {
        return Arrays.stream(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0")).toList();
    }

    /** Nothing that it could refuse. */
    void kill() {
        process.destroyForcibly();
    }

    /** Systemd gives each service an id, and starts Catseye again by itself. */
    boolean isStartedByHand() {
        return !environment.containsKey("INVOCATION_ID");
    }

    /** Starts it once more as it was, in a session of its own, so that it outlives the terminal. Returns the process's id. */
    long startAgain(Path output) throws IOException {
        List<String> again = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            again.add("/usr/bin/setsid");
        }
        // The times of the first start would be told as those of this one.
        command.stream().filter(argument -> !argument.startsWith("-Dcatseye.started=") && !argument.startsWith("-XX:ArchiveClassesAtExit=")).forEach(again::add);
        ProcessBuilder builder = new ProcessBuilder(again).directory(folder.toFile()).redirectInput(new File("/dev/null"))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start().pid();
    }
}
