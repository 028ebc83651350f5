package org.catseye.capture.lkv373a.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A non-blocking request to a box's web page. The boxes' servers support only HTTP/1.0 and close the connection after the response. For
 * one thread.
 */
public final class HttpRequest implements ReadyHandler, AutoCloseable {

    private static final long TIMEOUT_NANOS = 4_000_000_000L;
    private static final int MAX_RESPONSE_BYTES = 1024;

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer response = ByteBuffer.allocate(MAX_RESPONSE_BYTES);
    private final Consumer<Optional<String>> onResult;
    private final long deadlineNanos;
    private boolean finished;

    /**
     * Starts the request.
     *
     * @param path with its query, encoded
     * @param onResult called exactly once, unless the request is closed before: empty for success, or the failure as the end of a
     *     sentence about the web page
     */
    public HttpRequest(Selector selector, InetSocketAddress to, String path, long nanos, Consumer<Optional<String>> onResult)
            throws IOException {
        this.onResult = onResult;
        deadlineNanos = nanos + TIMEOUT_NANOS;
        String text = "GET " + path + " HTTP/1.0\r\nHost: " + to.getAddress().getHostAddress() + "\r\n\r\n";
        request = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        try {
            channel.connect(to);
        } catch (IOException e) {
            finishUnreachable(e);
        }
    }

    @Override
    public void handleReady(SelectionKey key) {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isWritable()) {
                channel.write(request);
                key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                readResponse();
            }
        } catch (IOException e) {
            finishUnreachable(e);
        }
    }

    /** Whether the request is finished. After the timeout it fails. */
    public boolean isFinished(long nanos) {
        if (!finished && nanos - deadlineNanos > 0) {
            finish(Optional.of("does not respond"));
        }
        return finished;
    }

    /** Cancels the request; its result is not reported. */
    @Override
    public void close() {
        finished = true;
        UdpPorts.closeQuietly(channel);
    }

    private void readResponse() throws IOException {
        int read = channel.read(response);
        String text = StandardCharsets.ISO_8859_1.decode(response.duplicate().flip()).toString();
        int line = text.indexOf('\n');
        if (line < 0 && read >= 0 && response.hasRemaining()) {
            return;
        }
        boolean success = text.matches("(?s)HTTP/1\\.[01] 2\\d\\d.*");
        String statusLine = (line < 0 ? text : text.substring(0, line)).strip();
        finish(success ? Optional.empty() : Optional.of("refuses the request (" + statusLine + ")"));
    }

    private void finishUnreachable(IOException e) {
        finish(Optional.of("cannot be reached (" + e.getMessage() + ")"));
    }

    private void finish(Optional<String> failure) {
        if (!finished) {
            close();
            onResult.accept(failure);
        }
    }
}
