package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a box whether its input carries a picture, because what it says of that in its stream is only a hint. The question goes to
 * its TCP port 9001; the box answers by a connection of its own, which a firewall may forbid: then there is no answer. Never waits.
 * One thread.
 */
final class LockQuery implements Net.Ready, AutoCloseable {

    static final int PORT = 9001;
    private static final long AGAIN_NANOS = 10_000_000_000L;
    private static final long VALID_NANOS = 15_000_000_000L;
    private static final int LARGEST = 256;
    private static final Logger LOG = LoggerFactory.getLogger(LockQuery.class);

    private final int port;
    private Inet4Address box;
    private Long asked;
    private ServerSocketChannel callback;
    private SocketChannel question;
    private SocketChannel answer;
    private ByteBuffer bytes;
    private Boolean locked;

    /** @param port of the box: 9001, but for tests */
    LockQuery(int port) {
        this.port = port;
    }

    /** Asks, if that is due. */
    void ask(Selector selector, Inet4Address of, long nanos) {
        if (asked != null && nanos - asked < AGAIN_NANOS) {
            return;
        }
        close();
        asked = nanos;
        box = of;
        bytes = ByteBuffer.allocate(LARGEST);
        try {
            callback = ServerSocketChannel.open();
            callback.bind(new InetSocketAddress(0), 1);
            callback.configureBlocking(false);
            callback.register(selector, SelectionKey.OP_ACCEPT, this);
            question = SocketChannel.open();
            question.configureBlocking(false);
            question.register(selector, SelectionKey.OP_CONNECT, this);
            question.connect(new InetSocketAddress(of, port));
        } catch (IOException e) {
            failed(e);
        }
    }

    /** What the box answered lately; empty if it did not. */
    Optional<Boolean> locked(long nanos) {
        return asked == null || nanos - asked > VALID_NANOS ? Optional.empty() : Optional.ofNullable(locked);
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            if (key.isValid() && key.isAcceptable()) {
                accept(key.selector());
            } else if (key.isValid() && key.isConnectable() && question.finishConnect()) {
                key.interestOps(0);
                InetSocketAddress own = (InetSocketAddress) question.getLocalAddress();
                question.write(IptvCommand.lock().frame((Inet4Address) own.getAddress(), callback.socket().getLocalPort()));
            } else if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void close() {
        locked = null;
        for (AutoCloseable channel : new AutoCloseable[] {callback, question, answer}) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (Exception e) {
                LOG.trace("closing failed", e);
            }
        }
    }

    /** Only the box that was asked may answer. */
    private void accept(Selector selector) throws IOException {
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

    private void read() throws IOException {
        int read = answer.read(bytes);
        Optional<Boolean> found = IptvCommand.parse(bytes.duplicate().flip()).flatMap(IptvCommand::locked);
        if (found.isPresent() || read < 0 || !bytes.hasRemaining()) {
            close();
            locked = found.orElse(null);
        }
    }

    private void failed(IOException e) {
        LOG.debug("{} does not say whether it has an input: {}", box.getHostAddress(), e.getMessage());
        close();
    }
}
