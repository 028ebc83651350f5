package org.catseye.rfb.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.catseye.rfb.wire.ByteStream;

/** A TCP or Unix connection. Channels have no timeouts of their own, so each direction waits with a selector. */
public final class ChannelStream implements ByteStream {

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;

    private ChannelStream(SocketChannel channel, Selector readable, Selector writable) {
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
    }

    /** Connects. Blocks for the timeout at most, and as long as a name takes to resolve. */
    public static ChannelStream connectTo(ServerAddress address, long timeoutMillis) throws IOException {
        var resolved = address.resolveAddress();
        SocketChannel channel = address.openChannel();
        Selector readable = null;
        Selector writable = null;
        try {
            channel.configureBlocking(false);
            readable = Selector.open();
            writable = Selector.open();
            ChannelStream stream = new ChannelStream(channel, readable, writable);
            if (!channel.connect(resolved)) {
                SelectionKey key = channel.register(writable, SelectionKey.OP_CONNECT);
                stream.awaitReady(writable, timeoutMillis);
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            } else {
                channel.register(writable, SelectionKey.OP_WRITE);
            }
            channel.register(readable, SelectionKey.OP_READ);
            return stream;
        } catch (IOException | RuntimeException e) {
            closeAll(channel, readable, writable);
            throw e;
        }
    }

    @Override
    public int readBytes(ByteBuffer to, long timeoutMillis) throws IOException {
        int count = channel.read(to);
        if (count == 0) {
            awaitReady(readable, timeoutMillis);
            count = channel.read(to);
        }
        if (count == 0) {
            throw new SocketTimeoutException("The server sends nothing.");
        }
        return count;
    }

    @Override
    public void writeBytes(ByteBuffer from, long timeoutMillis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (channel.write(from) >= 0 && from.hasRemaining()) {
            awaitReady(writable, Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            if (System.nanoTime() - end > 0) {
                throw new SocketTimeoutException("The server does not accept data.");
            }
        }
    }

    /** Waits until a selector has a ready key; a spurious wake-up only makes the caller try once more. */
    private void awaitReady(Selector selector, long timeoutMillis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            selector.selectedKeys().clear();
            while (selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()))) == 0) {
                if (!channel.isOpen() || Thread.currentThread().isInterrupted()) {
                    throw new AsynchronousCloseException();
                }
                if (System.nanoTime() - end >= 0) {
                    throw new SocketTimeoutException("The server does not answer within " + timeoutMillis / 1000 + " s.");
                }
            }
        } catch (ClosedSelectorException e) {
            throw (IOException) new AsynchronousCloseException().initCause(e);
        }
    }

    @Override
    public void close() throws IOException {
        closeAll(channel, readable, writable);
    }

    private static void closeAll(SocketChannel channel, Selector... selectors) throws IOException {
        channel.close();
        for (Selector selector : selectors) {
            if (selector != null) {
                selector.close();
            }
        }
    }
}
