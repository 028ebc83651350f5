package org.catseye.web.socket.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.catseye.web.Channel;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.websocket.ClientFrames;
import org.catseye.web.socket.websocket.ServerFrames;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket of a channel. Implements the protocol itself, because input must be bounded from the first byte of a frame's head, and a client
 * that floods must not be read (docs/adr/0003).
 */
final class ChannelConnection extends AbstractConnection implements Connection.UpgradeTo, ChannelSocket.Wire {

    /** Queued messages of a client that does not read. */
    static final int MAX_QUEUED = 512;
    static final int MAX_QUEUED_BYTES = 64 * 1024;
    /** Pings keep a connection open whose client answers. */
    private static final long IDLE_MILLIS = 60_000;
    private static final int MAX_IN_ONE_WRITE = 16;
    private static final Logger LOG = LoggerFactory.getLogger(ChannelConnection.class);

    private final ChannelSocket socket;
    private final ClientFrames frames = new ClientFrames(new Incoming(), 4 * Channel.MOST_CHARS, false);
    private final ClientReader reader;
    private ByteBuffer early = ByteBuffer.allocate(0);
    /** Guards what follows. */
    private final Object lock = new Object();
    private final Deque<ByteBuffer> queue = new ArrayDeque<>();
    /** The answer to the newest ping: RFC 6455 section 5.5.3 requires no other. */
    private ByteBuffer pong;
    private int queuedBytes;
    private boolean writing;
    private boolean closing;
    private boolean closeWritten;

    ChannelConnection(EndPoint endPoint, Executor executor, ChannelSocket socket, ClientReader.Throttle throttle) {
        super(endPoint, executor);
        this.socket = socket;
        reader = new ClientReader(endPoint, this::receiveBytes, throttle, InvocationType.BLOCKING);
    }

    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        early = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(IDLE_MILLIS);
        socket.startOn(this);
        reader.startReading(early);
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        LOG.debug("Channel {} closed: {}", socket.channelName(), String.valueOf(cause));
        socket.onConnectionClosed();
    }

    @Override
    public void onFillable() {
        reader.readAvailable();
    }

    @Override
    public boolean isOpen() {
        synchronized (lock) {
            return !closing && getEndPoint().isOpen();
        }
    }

    @Override
    public boolean sendText(String text) {
        return queueFrame(ServerFrames.buildFrame(ServerFrames.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void sendPing() {
        if (!queueFrame(ServerFrames.buildFrame(ServerFrames.PING, new byte[0]))) {
            disconnect();
        }
    }

    @Override
    public void disconnect() {
        getEndPoint().close(new IOException("disconnected"));
    }

    @Override
    public void close(int code, String reason) {
        ByteBuffer frame = ServerFrames.buildClose(code, reason);
        synchronized (lock) {
            if (closing) {
                return;
            }
            closing = true;
            pong = null;
            queue.add(frame);
        }
        writeNext();
    }

    private int receiveBytes(ByteBuffer bytes) {
        return frames.readBytes(bytes);
    }

    private boolean queueFrame(ByteBuffer frame) {
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
        writeNext();
        return true;
    }

    private void answerPing(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        synchronized (lock) {
            if (closing) {
                return;
            }
            pong = ServerFrames.buildFrame(ServerFrames.PONG, copy);
        }
        writeNext();
    }

    /** Starts the next write if none is running. */
    private void writeNext() {
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
                closeWritten |= ServerFrames.isClose(next);
                batch.add(next);
            }
            end = batch.isEmpty() && closeWritten;
            writing = !batch.isEmpty();
        }
        if (end) {
            // Not close(): unread data of the client would reset the connection, and the close frame would be lost.
            getEndPoint().shutdownOutput();
        } else if (!batch.isEmpty()) {
            getEndPoint().write(Callback.from(InvocationType.NON_BLOCKING, this::writeSucceeded, this::writeFailed), batch.toArray(ByteBuffer[]::new));
        }
    }

    private void writeSucceeded() {
        synchronized (lock) {
            writing = false;
        }
        writeNext();
    }

    private void writeFailed(Throwable cause) {
        getEndPoint().close(cause);
    }

    private final class Incoming implements ClientFrames.Handler {

        @Override
        public void onText(ByteBuffer message) {
            socket.receiveText(StandardCharsets.UTF_8.decode(message).toString());
        }

        @Override
        public void onPing(ByteBuffer payload) {
            answerPing(payload);
        }

        @Override
        public void onPong() {
            socket.receivePong();
        }

        @Override
        public void onSkipped(boolean binary) {
            if (binary) {
                socket.refuseBinary();
            } else {
                socket.refuseTooLong();
            }
        }

        /** The client has a moment to receive the close and to disconnect. */
        @Override
        public void onClose(int code, String reason) {
            ChannelConnection.this.close(code, reason);
            socket.disconnectLater();
        }
    }
}
