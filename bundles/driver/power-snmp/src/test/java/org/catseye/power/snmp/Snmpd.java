package org.catseye.power.snmp;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Net-SNMP's agent with the outlets of {@code outlets.sh}, as a process of its own on a port of the loopback address. */
final class Snmpd implements AutoCloseable {

    static final String COMMUNITY = "blue-tulips";
    static final String USER = "catseye";
    static final String AUTHENTICATION_PASSWORD = "green tulips";
    static final String PRIVACY_PASSWORD = "yellow tulips";

    private static final Path PROGRAM = Path.of("/usr/sbin/snmpd");
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final int port;
    private final Process process;

    /** @param folder an empty folder that the caller deletes @param authentication SHA, SHA-256 or MD5 @param privacy AES or DES */
    Snmpd(Path folder, String authentication, String privacy) throws IOException, InterruptedException {
        this.folder = folder;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (InputStream in = Snmpd.class.getResourceAsStream("/outlets.sh")) {
            Files.copy(in, folder.resolve("outlets.sh"));
        }
        setOn(1, false);
        Path configuration = Files.writeString(folder.resolve("snmpd.conf"), """
            rwcommunity %1$s 127.0.0.1
            rwuser %2$s priv
            createUser %2$s %3$s "%4$s" %5$s "%6$s"
            pass_persist .1.3.6.1.4.1.318 /bin/sh %7$s
            pass_persist .1.3.6.1.4.1.99999 /bin/sh %7$s
            """.formatted(COMMUNITY, USER, authentication, AUTHENTICATION_PASSWORD, privacy, PRIVACY_PASSWORD, folder.resolve("outlets.sh")));
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString(), "-f", "-Lo", "-C", "-c", configuration.toString(), "-I", "-smux", "-p",
            folder.resolve("pid").toString(), "udp:127.0.0.1:" + port).redirectErrorStream(true).redirectOutput(folder.resolve("snmpd.log").toFile());
        builder.environment().put("SNMP_PERSISTENT_DIR", Files.createDirectory(folder.resolve("persistent")).toString());
        process = builder.start();
        awaitReady();
    }

    /** Whether this machine has the program, from the Debian package snmpd. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(folder.resolve("snmpd.log")).contains("NET-SNMP version")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("snmpd does not start: " + Files.readString(folder.resolve("snmpd.log")));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    int port() {
        return port;
    }

    void setOn(int outlet, boolean on) throws IOException {
        Files.writeString(folder.resolve("outlet" + outlet), on ? "on\n" : "off\n");
        Files.deleteIfExists(folder.resolve("commands"));
    }

    /** Each object that was written since {@link #setOn}, and its value. */
    List<String> commands() throws IOException {
        Path commands = folder.resolve("commands");
        return Files.exists(commands) ? Files.readAllLines(commands) : List.of();
    }

    void stop() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
