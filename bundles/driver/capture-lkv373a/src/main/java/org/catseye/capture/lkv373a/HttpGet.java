package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One request to a box's web page, without waiting for it: the boxes' servers know HTTP/1.0 and close when they are done. One thread. */
final class HttpGet implements Net.Ready, AutoCloseable {

    private static final long PATIENCE_NANOS = 4_000_000_000L;

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer response = ByteBuffer.allocate(1024);
    private final Consumer<String> failure;
    private final long end;
    private boolean done;

    /**
     * @param path with its query, encoded
     * @param result gets an empty string, or what went wrong, exactly once
     */
    HttpGet(Selector selector, InetSocketAddress to, String path, long nanos, Consumer<String> result) throws IOException {
        failure = result;
        end = nanos + PATIENCE_NANOS;
        request = ByteBuffer.wrap(("GET " + path + " HTTP/1.0\r\nHost: " + to.getAddress().getHostAddress() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        try {
            channel.connect(to);
        } catch (IOException e) {
            finish("cannot be reached (" + e.getMessage() + ")");
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isWritable()) {
                channel.write(request);
                key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            finish("cannot be reached (" + e.getMessage() + ")");
        }
    }

    /** Whether it is over; a box that takes too long is given up. */
    boolean over(long nanos) {
        if (!done && nanos - end > 0) {
            finish("does not answer");
        }
        return done;
    }

    /** Gives it up; nobody is told. */
    @Override
    public void close() {
        done = true;
        try {
            channel.close();
        } catch (IOException e) {
            // A connection that is given up anyway.
            done = true;
        }
    }

    private void read() throws IOException {
        int read = channel.read(response);
        String text = StandardCharsets.ISO_8859_1.decode(response.duplicate().flip()).toString();
        int line = text.indexOf('\n');
        if (line < 0 && read >= 0 && response.hasRemaining()) {
            return;
        }
        finish(text.matches("(?s)HTTP/1\\.[01] 2\\d\\d.*") ? "" : "refuses (" + (line < 0 ? text : text.substring(0, line)).strip() + ")");
    }

    private void finish(String words) {
        if (!done) {
            close();
            failure.accept(words);
        }
    }
}
