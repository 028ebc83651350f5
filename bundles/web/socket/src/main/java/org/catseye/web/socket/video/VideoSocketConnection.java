package org.catseye.web.socket.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.Session;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.FrameConnection;
import org.catseye.web.socket.viewer.FrameHeads;
import org.catseye.web.socket.websocket.ClientFrames;
import org.catseye.web.socket.websocket.ServerFrames;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A viewer of {@code catseye.video.v1}: binary messages, acknowledged by the client when drawn, at most two unacknowledged. Implements
 * the WebSocket protocol itself, because the web server's own costs three times as much with one ack a frame (docs/adr/0003).
 */
public final class VideoSocketConnection extends FrameConnection {

    /** Name of the subprotocol. */
    public static final String PROTOCOL = "catseye.video.v1";

    private static final int WINDOW = 2;
    private static final long CLOSE_MILLIS = 500;
    private static final int MAX_CONTROL_FRAMES = 16;
    private static final Logger LOG = LoggerFactory.getLogger(VideoSocketConnection.class);

    private final Scheduler scheduler;
    private final Set<Codec> accepts;
    private final ClientFrames frames = new ClientFrames(new Incoming());
    /** Pongs, pings, errors and the close, to be sent between frames. */
    private final Queue<ByteBuffer> others = new ConcurrentLinkedQueue<>();
    private final AtomicInteger othersQueued = new AtomicInteger();
    /** Sequence numbers sent and not acknowledged, oldest first. Guarded by itself. */
    private final long[] unacknowledged = new long[WINDOW];
    private int underWay;
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Touched in turns only. */
    private boolean closeWritten;
    private volatile boolean heard = true;

    public VideoSocketConnection(EndPoint endPoint, Executor executor, Scheduler scheduler, Feed feed, Session session, ClientReader.Throttle throttle, Set<Codec> accepts) {
        super(endPoint, executor, feed, session, throttle);
        this.scheduler = scheduler;
        this.accepts = accepts;
    }

    @Override
    protected Set<Codec> acceptedCodecs() {
        return accepts;
    }

    @Override
    protected boolean isWindowOpen() {
        synchronized (unacknowledged) {
            return underWay < WINDOW && !closing.get();
        }
    }

    @Override
    protected void sendFrame(Frame frame, FrameHeads heads) {
        synchronized (unacknowledged) {
            unacknowledged[underWay++] = frame.sequence() & 0xffff_ffffL;
        }
        writeBuffers(duplicateBuffer(heads.headsOf(frame).socketHead()), duplicateBuffer(frame.encodedBytes()));
    }

    @Override
    protected boolean sendPending() {
        if (closeWritten) {
            // Not close(): unread data of the client would reset the connection, and the close frame would be lost.
            getEndPoint().shutdownOutput();
            return true;
        }
        ByteBuffer other = others.poll();
        if (other == null) {
            return false;
        }
        othersQueued.decrementAndGet();
        closeWritten = ServerFrames.isClose(other);
        writeBuffers(other);
        return true;
    }

    @Override
    protected int receiveBytes(ByteBuffer bytes) {
        heard = true;
        return frames.readBytes(bytes);
    }

    /** Sends a ping after a while without data: a client that is connected answers it. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        if (super.onIdleExpired(timeout) || !heard) {
            return true;
        }
        heard = false;
        queueFrame(ServerFrames.buildFrame(ServerFrames.PING, new byte[0]));
        return false;
    }

    @Override
    protected void endGracefully() {
        closeSocket(1001, "the server or your session ended");
    }

    /** Sends a close frame after what is being written. The client has a moment to take it and to end the connection. */
    private void closeSocket(int code, String reason) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        others.add(ServerFrames.buildClose(code, reason));
        signalWork();
        // A client that does not receive the close in time gets no more of the frame being written either.
        scheduler.schedule(() -> getEndPoint().close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void queueFrame(ByteBuffer other) {
        if (othersQueued.incrementAndGet() > MAX_CONTROL_FRAMES) {
            getEndPoint().close(new IOException("the client sends without receiving"));
            return;
        }
        others.add(other);
        signalWork();
    }

    private final class Incoming implements ClientFrames.Handler {

        @Override
        public void onText(ByteBuffer message) {
            try {
                acknowledge(Acknowledgements.parseSequence(message));
            } catch (IOException e) {
                LOG.debug("viewer {}: {}", getEndPoint().getRemoteSocketAddress(), e.getMessage());
                queueFrame(ServerFrames.buildFrame(ServerFrames.TEXT, Answers.formatMessage("bad_message", "Invalid message: " + firstLine(e)).getBytes(StandardCharsets.UTF_8)));
            }
        }

        @Override
        public void onPing(ByteBuffer payload) {
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            queueFrame(ServerFrames.buildFrame(ServerFrames.PONG, copy));
        }

        /** Acknowledgements are cumulative: they include all frames sent before. */
        private void acknowledge(long sequence) {
            synchronized (unacknowledged) {
                for (int i = 0; i < underWay; i++) {
                    if (unacknowledged[i] == sequence) {
                        System.arraycopy(unacknowledged, i + 1, unacknowledged, 0, underWay - i - 1);
                        underWay -= i + 1;
                        break;
                    }
                }
            }
            signalWork();
        }

        @Override
        public void onClose(int code, String reason) {
            VideoSocketConnection.this.closeSocket(code, reason);
        }

        private String firstLine(IOException e) {
            String message = String.valueOf(e.getMessage());
            int end = message.indexOf('\n');
            return message.substring(0, Math.min(end < 0 ? message.length() : end, 300));
        }
    }
}
