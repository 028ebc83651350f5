package org.catseye.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells before the start whether a port can be listened on, because afterwards it would only be a line in Jetty's log. */
final class Listening {
    private static final Path PROC = Path.of("/proc");

    private Listening() {
    }

    /**
     * @param port 0 for any that is free
     * @return the port itself, or a free one for 0: everything that names the port before Jetty has it can say the real one
     */
    static int check(String bind, int port) throws Refusal {
        InetAddress address;
        try {
            address = InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new Refusal("'" + bind + "' is not an address of this machine; --bind takes one, 127.0.0.1 or 0.0.0.0 for instance", e);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new Refusal(explain(bind, port, e), e);
        } catch (IOException e) {
            throw new Refusal("cannot listen on " + bind + " port " + port + ": " + Refusal.why(e), e);
        }
    }

    private static String explain(String bind, int port, BindException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Permission denied")) {
            return "port " + port + " needs root's rights on this machine; choose one above 1023 with --port";
        }
        if (message.contains("Cannot assign")) {
            return "'" + bind + "' is not an address of this machine; --bind takes one, 127.0.0.1 or 0.0.0.0 for instance";
        }
        return "port " + port + " is taken" + holder(port).map(name -> " by " + name).orElse("") + "; stop that, or choose another with --port";
    }

    /** Who listens there, read from /proc; empty when that is not mounted or belongs to somebody else. */
    private static Optional<String> holder(int port) {
        Optional<String> inode = Stream.of("net/tcp", "net/tcp6").flatMap(table -> lines(PROC.resolve(table)).stream())
                .map(line -> line.trim().split("\\s+"))
                .filter(column -> column.length > 9 && column[3].equals("0A") && column[1].endsWith(String.format(":%04X", port)))
                .map(column -> "socket:[" + column[9] + "]").findFirst();
        return inode.flatMap(socket -> ProcessHandle.allProcesses().filter(process -> holds(process.pid(), socket)).findFirst())
                .map(process -> "process " + process.pid() + " (" + String.join("", lines(PROC.resolve(process.pid() + "/comm"))) + ")");
    }

    private static boolean holds(long pid, String socket) {
        try (Stream<Path> descriptors = Files.list(PROC.resolve(pid + "/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).toString().equals(socket);
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
