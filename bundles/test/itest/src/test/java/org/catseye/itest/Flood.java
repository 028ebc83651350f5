package org.catseye.itest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many connections from one thread that send what they are told to, and read as much as they are told to. Bounded in time and bytes. */
final class Flood implements AutoCloseable {

    private static final long STEP_MILLIS = 5;
    private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_BYTES_EACH = 64 << 20;

    /**
     * What each connection does.
     *
     * @param opening sent once
     * @param repeated sent again and again; empty for nothing
     * @param bytesPerStep how much is written at most in some milliseconds
     * @param readPerStep how much is read at most in some milliseconds
     * @param again whether a connection that the server closed is opened again
     */
    record Kind(String name, byte[] opening, byte[] repeated, int bytesPerStep, int readPerStep, boolean again) {
    }

    private final Kind kind;
    private final InetSocketAddress to;
    private final Selector selector = Selector.open();
    private final List<Line> lines = new ArrayList<>();
    private final Thread thread;
    private final ByteBuffer sink = ByteBuffer.allocateDirect(64 * 1024);
    private volatile boolean over;
    private volatile boolean begun;
    /** Written by one thread. */
    private volatile long closedByServer;

    private final class Line {
        private SocketChannel channel;
        private ByteBuffer out;
        private long sent;
        private long retryAt;

        void connect() throws IOException {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(to);
            channel.register(selector, SelectionKey.OP_CONNECT | SelectionKey.OP_READ, this);
            out = ByteBuffer.wrap(kind.opening());
            sent = 0;
        }

        void lost() {
            closedByServer++;
            try {
                channel.close();
            } catch (IOException e) {
                // It is lost already.
            }
            channel = null;
            retryAt = kind.again() ? System.nanoTime() + RECONNECT_NANOS : Long.MAX_VALUE;
        }

        void step() throws IOException {
            if (channel.isConnectionPending() && !channel.finishConnect()) {
                return;
            }
            int budget = kind.bytesPerStep();
            while (budget > 0 && sent < MAX_BYTES_EACH) {
                if (!out.hasRemaining()) {
                    if (kind.repeated().length == 0) {
                        break;
                    }
                    out = ByteBuffer.wrap(kind.repeated());
                }
                ByteBuffer part = out.duplicate().limit(Math.min(out.limit(), out.position() + budget));
                int count = channel.write(part);
                if (count == 0) {
                    break;
                }
                out.position(out.position() + count);
                budget -= count;
                sent += count;
            }
            sink.clear().limit(Math.min(sink.capacity(), kind.readPerStep()));
            if (kind.readPerStep() > 0 && channel.read(sink) < 0) {
                lost();
            }
        }
    }

    Flood(Kind kind, int port, int count) throws IOException {
        this.kind = kind;
        to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < count; i++) {
            lines.add(new Line());
        }
        thread = new Thread(this::run, "flood");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether each connection was tried. */
    boolean begun() {
        return begun;
    }

    long closedByServer() {
        return closedByServer;
    }

    private void run() {
        try {
            while (!over) {
                selector.select(STEP_MILLIS);
                selector.selectedKeys().clear();
                for (Line line : lines) {
                    step(line);
                }
                begun = true;
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void step(Line line) {
        try {
            if (line.channel != null) {
                line.step();
            } else if (System.nanoTime() >= line.retryAt) {
                line.connect();
            }
        } catch (IOException e) {
            if (line.channel != null) {
                line.lost();
            }
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Line line : lines) {
            if (line.channel != null) {
                line.channel.close();
            }
        }
        selector.close();
    }
}
