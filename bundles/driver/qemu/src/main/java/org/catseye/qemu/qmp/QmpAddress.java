package org.catseye.qemu.qmp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where QEMU listens: a Unix socket, or else a TCP port.
 *
 * @param socket the path of the Unix socket; empty for TCP
 * @param host of a TCP port
 * @param port TCP port
 */
public record QmpAddress(Optional<Path> socket, String host, int port) {

    private static final long CONNECT_MILLIS = 3_000;
    private static final long POLL_MILLIS = 10;

    /** A Unix socket. */
    public static QmpAddress ofSocket(Path socket) {
        return new QmpAddress(Optional.of(socket), "", 0);
    }

    /** A TCP port. */
    public static QmpAddress ofPort(String host, int port) {
        return new QmpAddress(Optional.empty(), host, port);
    }

    /** For messages. */
    public String describe() {
        return socket.map(Path::toString).orElse(host + " port " + port);
    }

    /**
     * Connects. Blocks for 3 s at most. Never waits in the queue of a Unix socket whose program does not accept connections.
     *
     * @return in blocking mode
     * @throws IOException if it fails; the message is for the user
     */
    SocketChannel openChannel() throws IOException, InterruptedException {
        if (socket.isPresent() && Files.notExists(socket.get())) {
            throw new IOException("The virtual machine is not running: its socket " + socket.get() + " does not exist.");
        }
        SocketChannel channel = socket.isPresent() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            connectChannel(channel);
            channel.configureBlocking(true);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException(describeFailure(e), e);
        } catch (InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void connectChannel(SocketChannel channel) throws IOException, InterruptedException {
        SocketAddress remote = socket.isPresent() ? UnixDomainSocketAddress.of(socket.get()) : new InetSocketAddress(host, port);
        if (remote instanceof InetSocketAddress name && name.isUnresolved()) {
            throw new IOException("the name cannot be resolved");
        }
        channel.configureBlocking(false);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS);
        boolean connected = channel.connect(remote);
        while (!connected) {
            if (System.nanoTime() > end) {
                throw new IOException("there is no answer");
            }
            Thread.sleep(POLL_MILLIS);
            connected = channel.finishConnect();
        }
    }

    private String describeFailure(IOException cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("denied")) {
            return "Catseye may not use the socket " + describe() + ". Let its user write to it, by the group of the socket.";
        }
        if (text.contains("refused")) {
            return "The virtual machine is not running: nothing listens at " + describe() + ".";
        }
        if (text.contains("unavailable")) {
            return "Other programs wait for the socket " + describe() + " already. QEMU serves one at a time.";
        }
        return "QEMU cannot be reached at " + describe() + ": " + text + ".";
    }
}
