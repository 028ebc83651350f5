package org.catseye.vnc.real;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes the connections to a Unix socket on to a server. It can change random bytes of what the server sends; the n-th connection always gets
 * the same changes. It can also cut the connections.
 */
final class MutatingProxy implements AutoCloseable {

    private final SocketAddress server;
    private final ServerSocketChannel listener;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private volatile boolean mutating;

    private MutatingProxy(SocketAddress server, Path path, boolean mutating) throws IOException {
        this.server = server;
        this.mutating = mutating;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        startThread(this::acceptConnections);
    }

    static MutatingProxy startMutating(SocketAddress server, Path path) throws IOException {
        return new MutatingProxy(server, path, true);
    }

    static MutatingProxy startFaithful(SocketAddress server, Path path) throws IOException {
        return new MutatingProxy(server, path, false);
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "mutating-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptConnections() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                SocketChannel upstream;
                try {
                    upstream = SocketChannel.open(server instanceof InetSocketAddress ? StandardProtocolFamily.INET : StandardProtocolFamily.UNIX);
                    upstream.connect(server);
                } catch (IOException e) {
                    client.close();
                    continue;
                }
                open.add(client);
                Random random = new Random(connections.incrementAndGet());
                startThread(() -> copy(client, upstream, null));
                startThread(() -> copy(upstream, client, random));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void copy(SocketChannel from, SocketChannel to, Random random) {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        try (from; to) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                if (random != null && mutating && random.nextInt(3) > 0) {
                    buffer.put(random.nextInt(buffer.limit()), (byte) random.nextInt());
                }
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        } catch (IOException e) {
            // One side has closed the connection.
        }
        open.removeAll(List.of(from, to));
    }

    /** Closes all connections. */
    void cutConnections() throws IOException {
        for (SocketChannel client : open) {
            client.close();
        }
    }

    boolean awaitConnections(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Program.PATIENCE_MILLIS);
        while (connections.get() < count && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return connections.get() >= count;
    }

    void stopMutating() {
        mutating = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
