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
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Tells before the start whether a port can be listened on, because afterwards it would only be a line in Jetty's log. */
final class Listening {
    private static final Path PROC = Path.of("/proc");

    private Listening() {
    }

    /** The same options with the real ports in place of 0: everything that names them before Jetty has them can say which. */
    static Options check(Options options) throws Refusal {
        int http = check(options.bind(), options.port(), "--port");
        if (options.httpsPort().isEmpty()) {
            return options.withPorts(http, options.httpsPort());
        }
        int https = check(options.bind(), options.httpsPort().getAsInt(), "--https-port");
        if (http == https) {
            throw new Refusal("HTTP and HTTPS cannot both have port " + http + "; choose another with --https-port");
        }
        return options.withPorts(http, OptionalInt.of(https));
    }

    /**
     * @param port 0 for any that is free
     * @param option that gave the port
     * @return the port itself, or a free one for 0
     */
    private static int check(String bind, int port, String option) throws Refusal {
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
            throw new Refusal(explain(bind, port, option, e), e);
        } catch (IOException e) {
            throw new Refusal("cannot listen on " + bind + " port " + port + ": " + Refusal.why(e), e);
        }
    }

    /** Where a browser finds it, without a slash at the end: by TLS where others come too. */
    static String address(Options options) {
        if (options.local() || options.httpsPort().isEmpty()) {
            return "http://" + host(options.bind(), "localhost") + ":" + options.port();
        }
        int secure = options.httpsPort().getAsInt();
        return "https://" + host(options.bind(), String.join("", lines(PROC.resolve("sys/kernel/hostname"))).strip()) + (secure == 443 ? "" : ":" + secure);
    }

    private static String host(String bind, String itself) {
        return switch (bind) {
            case "127.0.0.1", "0.0.0.0", "::", "::1", "localhost" -> itself.isEmpty() ? "localhost" : itself;
            default -> bind.indexOf(':') >= 0 ? "[" + bind + "]" : bind;
        };
    }

    private static String explain(String bind, int port, String option, BindException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Permission denied")) {
            return "port " + port + " needs root's rights on this machine; choose one above 1023 with " + option;
        }
        if (message.contains("Cannot assign")) {
            return "'" + bind + "' is not an address of this machine; --bind takes one, 127.0.0.1 or 0.0.0.0 for instance";
        }
        return "port " + port + " is taken" + holder(port).map(name -> " by " + name).orElse("") + "; stop that, or choose another with " + option;
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
