package org.catseye.capture.lkv373a.box;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.catseye.capture.lkv373a.net.ReadyHandler;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries a box for whether its input has a signal, because the status in its stream is only a hint. The request goes to the box's TCP
 * port 9001. The box answers by a connection of its own; if a firewall blocks it, there is no answer. Never blocks. For one thread.
 */
public final class SignalQuery implements ReadyHandler, AutoCloseable {

    public static final int QUERY_PORT = 9001;
    private static final long QUERY_INTERVAL_NANOS = 10_000_000_000L;
    private static final long ANSWER_TIMEOUT_NANOS = 15_000_000_000L;
    private static final int MAX_ANSWER_BYTES = 256;
    private static final Logger LOG = LoggerFactory.getLogger(SignalQuery.class);

    private final int queryPort;
    private Inet4Address box;
    private Long queryNanos;
    private ServerSocketChannel callback;
    private SocketChannel request;
    private SocketChannel answer;
    private ByteBuffer answerBytes;
    private Boolean signalPresent;

    /** @param queryPort {@link #QUERY_PORT}, except in tests */
    public SignalQuery(int queryPort) {
        this.queryPort = queryPort;
    }

    /** Sends a query if it is due. */
    public void queryIfDue(Selector selector, Inet4Address queriedBox, long nanos) {
        if (queryNanos != null && nanos - queryNanos < QUERY_INTERVAL_NANOS) {
            return;
        }
        close();
        queryNanos = nanos;
        box = queriedBox;
        answerBytes = ByteBuffer.allocate(MAX_ANSWER_BYTES);
        try {
            callback = ServerSocketChannel.open();
            callback.bind(new InetSocketAddress(0), 1);
            callback.configureBlocking(false);
            callback.register(selector, SelectionKey.OP_ACCEPT, this);
            request = SocketChannel.open();
            request.configureBlocking(false);
            request.register(selector, SelectionKey.OP_CONNECT, this);
            request.connect(new InetSocketAddress(queriedBox, queryPort));
        } catch (IOException e) {
            cancelQuery(e);
        }
    }

    /** The box's recent answer; empty if it did not answer. */
    public Optional<Boolean> recentAnswer(long nanos) {
        return queryNanos == null || nanos - queryNanos > ANSWER_TIMEOUT_NANOS ? Optional.empty() : Optional.ofNullable(signalPresent);
    }

    @Override
    public void handleReady(SelectionKey key) {
        try {
            if (key.isValid() && key.isAcceptable()) {
                acceptAnswer(key.selector());
            } else if (key.isValid() && key.isConnectable() && request.finishConnect()) {
                key.interestOps(0);
                InetAddress own = ((InetSocketAddress) request.getLocalAddress()).getAddress();
                request.write(IptvCommand.signalRequest().encodeFrame((Inet4Address) own, callback.socket().getLocalPort()));
            } else if (key.isValid() && key.isReadable()) {
                readAnswer();
            }
        } catch (IOException e) {
            cancelQuery(e);
        }
    }

    @Override
    public void close() {
        signalPresent = null;
        for (AutoCloseable channel : new AutoCloseable[] {callback, request, answer}) {
            if (channel != null) {
                UdpPorts.closeQuietly(channel);
            }
        }
    }

    /** Accepts a connection from the queried box; other hosts are rejected. */
    private void acceptAnswer(Selector selector) throws IOException {
        SocketChannel from = callback.accept();
        if (from == null) {
            return;
        }
        if (answer != null && answer.isOpen() || !box.equals(((InetSocketAddress) from.getRemoteAddress()).getAddress())) {
            from.close();
            return;
        }
        answer = from;
        answer.configureBlocking(false);
        answer.register(selector, SelectionKey.OP_READ, this);
    }

    private void readAnswer() throws IOException {
        int read = answer.read(answerBytes);
        Optional<Boolean> found = IptvCommand.parseFrame(answerBytes.duplicate().flip()).flatMap(IptvCommand::signalPresent);
        if (found.isPresent() || read < 0 || !answerBytes.hasRemaining()) {
            close();
            signalPresent = found.orElse(null);
        }
    }

    private void cancelQuery(IOException e) {
        LOG.debug("{} does not report whether its input has a signal: {}", box.getHostAddress(), e.getMessage());
        close();
    }
}
