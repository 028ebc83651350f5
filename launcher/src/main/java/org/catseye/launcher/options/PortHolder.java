package org.catseye.launcher.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the process that listens on a TCP port, in /proc (see proc(5), net/tcp). */
final class PortHolder {
    private static final Path PROC = Path.of("/proc");
    private static final String STATE_LISTEN = "0A";
    private static final int LOCAL_ADDRESS_COLUMN = 1;
    private static final int STATE_COLUMN = 3;
    private static final int INODE_COLUMN = 9;

    private PortHolder() {
    }

    /** The process as {@code process 42 (name)}; empty if /proc is not mounted or the process belongs to another user. */
    static Optional<String> findProcess(int port) {
        return findSocket(port)
                .flatMap(socket -> ProcessHandle.allProcesses().filter(process -> hasDescriptor(process.pid(), socket)).findFirst())
                .map(process -> "process " + process.pid() + " (" + String.join("", readLines(PROC.resolve(process.pid() + "/comm"))) + ")");
    }

    /** The listening socket's name as in /proc/PID/fd. */
    private static Optional<String> findSocket(int port) {
        return Stream.of("net/tcp", "net/tcp6").flatMap(table -> readLines(PROC.resolve(table)).stream())
                .map(line -> line.trim().split("\\s+"))
                .filter(column -> column.length > INODE_COLUMN && column[STATE_COLUMN].equals(STATE_LISTEN)
                        && column[LOCAL_ADDRESS_COLUMN].endsWith(String.format(":%04X", port)))
                .map(column -> "socket:[" + column[INODE_COLUMN] + "]").findFirst();
    }

    private static boolean hasDescriptor(long pid, String socket) {
        try (Stream<Path> descriptors = Files.list(PROC.resolve(pid + "/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).toString().equals(socket);
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        } catch (IOException anotherUsersProcess) {
            return false;
        }
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notAvailable) {
            return List.of();
        }
    }
}
