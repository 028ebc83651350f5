package org.catseye.web.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.catseye.web.Channel;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket of a channel. It speaks the protocol itself, because what is read has to be bounded from the first byte of a frame's head,
 * and a client that floods has to be left unread (docs/adr/0003).
 */
final class ChannelConnection extends AbstractConnection implements Connection.UpgradeTo, ChannelSocket.Wire {

    /** A client that lets that much pile up does not read. */
    static final int MAX_QUEUED = 512;
    static final int MAX_QUEUED_BYTES = 64 * 1024;
    /** Pings keep a living one awake. */
    private static final long IDLE_MILLIS = 60_000;
    private static final int MAX_IN_ONE_WRITE = 16;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final Logger LOG = LoggerFactory.getLogger(ChannelConnection.class);

    private final ChannelSocket socket;
    private final ClientFrames frames = new ClientFrames(new Incoming(), 4 * Channel.MOST_CHARS, false);
    private final ClientReader reader;
    private ByteBuffer early = ByteBuffer.allocate(0);
    /** Guards what follows. */
    private final Object lock = new Object();
    private final Deque<ByteBuffer> queue = new ArrayDeque<>();
    /** The answer to the newest ping: RFC 6455 section 5.5.3 asks for no other. */
    private ByteBuffer pong;
    private int queuedBytes;
    private boolean writing;
    private boolean closing;
    private boolean closeWritten;

    ChannelConnection(EndPoint endPoint, Executor executor, ChannelSocket socket, ClientReader.Throttle throttle) {
        super(endPoint, executor);
        this.socket = socket;
        reader = new ClientReader(endPoint, this::read, throttle, InvocationType.BLOCKING);
    }

    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        early = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(IDLE_MILLIS);
        socket.open(this);
        reader.begin(early);
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        LOG.debug("channel {} closed: {}", socket.name(), String.valueOf(cause));
        socket.closed();
    }

    @Override
    public void onFillable() {
        reader.read();
    }

    @Override
    public boolean isOpen() {
        synchronized (lock) {
            return !closing && getEndPoint().isOpen();
        }
    }

    @Override
    public boolean sendText(String text) {
        return send(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void sendPing() {
        if (!send(frame(PING, new byte[0]))) {
            disconnect();
        }
    }

    @Override
    public void disconnect() {
        getEndPoint().close(new IOException("disconnected"));
    }

    @Override
    public void close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(words.length, 123);
        ByteBuffer frame = frame(CLOSE, ByteBuffer.allocate(2 + length).putShort((short) code).put(words, 0, length).array());
        synchronized (lock) {
            if (closing) {
                return;
            }
            closing = true;
            pong = null;
            queue.add(frame);
        }
        flush();
    }

    private int read(ByteBuffer bytes) {
        return frames.read(bytes);
    }

    private boolean send(ByteBuffer frame) {
        synchronized (lock) {
            if (closing) {
                return true;
            }
            if (queue.size() >= MAX_QUEUED || !queue.isEmpty() && queuedBytes + frame.remaining() > MAX_QUEUED_BYTES) {
                return false;
            }
            queue.add(frame);
            queuedBytes += frame.remaining();
        }
        flush();
        return true;
    }

    private void answerPing(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        synchronized (lock) {
            if (closing) {
                return;
            }
            pong = frame(PONG, copy);
        }
        flush();
    }

    /** Starts the next write if none is under way. */
    private void flush() {
        List<ByteBuffer> batch = new ArrayList<>();
        boolean end = false;
        synchronized (lock) {
            if (writing) {
                return;
            }
            if (pong != null) {
                batch.add(pong);
                pong = null;
            }
            while (batch.size() < MAX_IN_ONE_WRITE && !queue.isEmpty()) {
                ByteBuffer next = queue.poll();
                queuedBytes = queue.isEmpty() ? 0 : queuedBytes - next.remaining();
                closeWritten |= (next.get(0) & 0x0f) == CLOSE;
                batch.add(next);
            }
            end = batch.isEmpty() && closeWritten;
            writing = !batch.isEmpty();
        }
        if (end) {
            // Not close(): what the client sent and nobody read would reset the connection, and the close frame be lost with it.
            getEndPoint().shutdownOutput();
        } else if (!batch.isEmpty()) {
            getEndPoint().write(Callback.from(InvocationType.NON_BLOCKING, this::written, this::failed), batch.toArray(ByteBuffer[]::new));
        }
    }

    private void written() {
        synchronized (lock) {
            writing = false;
        }
        flush();
    }

    private void failed(Throwable cause) {
        getEndPoint().close(cause);
    }

    /** A whole, unmasked frame. */
    private static ByteBuffer frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) (0x80 | opcode));
        if (payload.length <= 125) {
            frame.put((byte) payload.length);
        } else if (payload.length <= 0xffff) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        return frame.put(payload).flip();
    }

    private final class Incoming implements ClientFrames.Handler {

        @Override
        public void text(ByteBuffer message) {
            socket.receive(StandardCharsets.UTF_8.decode(message).toString());
        }

        @Override
        public void ping(ByteBuffer payload) {
            answerPing(payload);
        }

        @Override
        public void pong() {
            socket.receivePong();
        }

        @Override
        public void skipped(boolean binary) {
            if (binary) {
                socket.refuseBinary();
            } else {
                socket.refuseTooLong();
            }
        }

        /** The client has a moment to take the close and to end the connection. */
        @Override
        public void close(int code, String reason) {
            ChannelConnection.this.close(code, reason);
            socket.disconnectLater();
        }
    }
}
