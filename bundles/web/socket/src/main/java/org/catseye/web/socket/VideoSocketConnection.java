package org.catseye.web.socket;

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
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A viewer of {@code catseye.video.v1}: binary messages, acknowledged by the client when drawn, at most two under way. Speaks
 * WebSocket itself, because the web server's own costs three times as much with one ack a frame (docs/adr/0003).
 */
final class VideoSocketConnection extends FrameConnection {

    /** Name of the subprotocol. */
    static final String PROTOCOL = "catseye.video.v1";

    private static final int WINDOW = 2;
    private static final long CLOSE_MILLIS = 500;
    private static final int MOST_CONTROL_FRAMES = 16;
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

    VideoSocketConnection(EndPoint endPoint, Executor executor, Scheduler scheduler, Feed feed, Session session, ClientReader.Throttle throttle, Set<Codec> accepts) {
        super(endPoint, executor, feed, session, throttle);
        this.scheduler = scheduler;
        this.accepts = accepts;
    }

    @Override
    Set<Codec> accepts() {
        return accepts;
    }

    @Override
    boolean windowOpen() {
        synchronized (unacknowledged) {
            return underWay < WINDOW && !closing.get();
        }
    }

    @Override
    void send(Frame frame, FrameHeads heads) {
        synchronized (unacknowledged) {
            unacknowledged[underWay++] = frame.sequence() & 0xffff_ffffL;
        }
        write(duplicate(heads.of(frame).socket()), duplicate(frame.encodedBytes()));
    }

    @Override
    boolean sendOther() {
        if (closeWritten) {
            // Not close(): what the client sent and nobody read would reset the connection, and the close frame be lost with it.
            getEndPoint().shutdownOutput();
            return true;
        }
        ByteBuffer other = others.poll();
        if (other == null) {
            return false;
        }
        othersQueued.decrementAndGet();
        closeWritten = (other.get(0) & 0x0f) == 8;
        write(other);
        return true;
    }

    @Override
    int received(ByteBuffer bytes) {
        heard = true;
        return frames.read(bytes);
    }

    /** Nothing moved for a while: a client that lives answers a ping, whatever the picture does. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        if (super.onIdleExpired(timeout) || !heard) {
            return true;
        }
        heard = false;
        queue(frame(9, new byte[0]));
        return false;
    }

    @Override
    void goAway() {
        close(1001, "the server or your session ended");
    }

    /** Sends a close frame after what is being written. The client has a moment to take it and to end the connection. */
    private void close(int code, String reason) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(words.length, 123);
        others.add(frame(8, ByteBuffer.allocate(2 + length).putShort((short) code).put(words, 0, length).array()));
        signal();
        // Whoever does not take the close in time has no right to what is still being written either.
        scheduler.schedule(() -> getEndPoint().close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void queue(ByteBuffer other) {
        if (othersQueued.incrementAndGet() > MOST_CONTROL_FRAMES) {
            getEndPoint().close(new IOException("the client sends without reading"));
            return;
        }
        others.add(other);
        signal();
    }

    /** A whole, unmasked frame of at most 125 bytes, or of 16-bit length. */
    private static ByteBuffer frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(4 + payload.length).put((byte) (0x80 | opcode));
        if (payload.length <= 125) {
            frame.put((byte) payload.length);
        } else {
            frame.put((byte) 126).putShort((short) payload.length);
        }
        return frame.put(payload).flip();
    }

    private final class Incoming implements ClientFrames.Handler {

        @Override
        public void text(ByteBuffer message) {
            try {
                acknowledge(Acks.sequence(message));
            } catch (IOException e) {
                LOG.debug("viewer {}: {}", getEndPoint().getRemoteSocketAddress(), e.getMessage());
                queue(frame(1, Answers.formatMessage("bad_message", "Not understood: " + firstLine(e)).getBytes(StandardCharsets.UTF_8)));
            }
        }

        @Override
        public void ping(ByteBuffer payload) {
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            queue(frame(10, copy));
        }

        /** Acks are cumulative: what was sent before the frame named is done with too. */
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
            signal();
        }

        @Override
        public void close(int code, String reason) {
            VideoSocketConnection.this.close(code, reason);
        }

        private String firstLine(IOException e) {
            String words = String.valueOf(e.getMessage());
            int end = words.indexOf('\n');
            return words.substring(0, Math.min(end < 0 ? words.length() : end, 300));
        }
    }
}
