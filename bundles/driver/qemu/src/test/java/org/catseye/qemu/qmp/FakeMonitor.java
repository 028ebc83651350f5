package org.catseye.qemu.qmp;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that listens where QEMU would, and behaves as a test says. Serves one connection at a time. */
final class FakeMonitor implements AutoCloseable {

    static final String GREETING = "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 2, \"major\": 9}, \"package\": \"\"}, \"capabilities\": [\"oob\"]}}";
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final ServerSocketChannel server;
    private final Thread thread;
    private final AtomicInteger served = new AtomicInteger();

    /** What it does with a connection. It ends when this returns. */
    interface Behaviour {
        void serve(Peer peer) throws Exception;
    }

    FakeMonitor(Path socket, Behaviour behaviour) throws IOException {
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(() -> serveAll(behaviour), "fake-monitor");
        thread.start();
    }

    private void serveAll(Behaviour behaviour) {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                served.incrementAndGet();
                behaviour.serve(new Peer(channel));
            } catch (Exception e) {
                // The client or the test has ended the connection.
            }
        }
    }

    /** How many connections there were. */
    int served() {
        return served.get();
    }

    /** The client of a connection. */
    static final class Peer {
        private final SocketChannel channel;
        private final BufferedReader reader;

        Peer(SocketChannel channel) {
            this.channel = channel;
            reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        void send(String text) throws IOException {
            sendBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        void sendBytes(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        /** The next command as its line. */
        String readCommand() throws IOException {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("end");
            }
            return line;
        }

        static String idOf(String command) {
            Matcher id = ID.matcher(command);
            return id.find() ? id.group(1) : "";
        }

        void greet() throws IOException {
            send(GREETING + "\r\n");
            send("{\"return\": {}, \"id\": " + idOf(readCommand()) + "}\r\n");
        }

        /** Returns the name of each command, and an empty object for the negotiation. */
        void echoForEver() throws IOException {
            while (true) {
                String command = readCommand();
                send("{\"return\": \"" + command.replaceAll(".*\"execute\":\"([^\"]*)\".*", "$1") + "\", \"id\": " + idOf(command) + "}\r\n");
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
    }
}
