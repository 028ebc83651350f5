package org.catseye.web.socket.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.access.Session;
import org.catseye.video.Codec;
import org.catseye.video.Delivery;
import org.catseye.video.Frame;
import org.catseye.video.PictureQuality;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
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
 * A viewer of {@code catseye.video.v1}: binary messages, acknowledged by the client when drawn, at most two unacknowledged. A viewer that
 * chooses a quality gets the message {@code quality} twice a second, and less often while the picture is still. Implements the WebSocket protocol itself, because the web server's own costs three times as much with one ack a frame (docs/adr/0003).
 */
public final class VideoSocketConnection extends FrameConnection {

    /** Name of the subprotocol. */
    public static final String PROTOCOL = "catseye.video.v1";

    private static final int WINDOW = 2;
    /** For H.264 of a viewer that chooses its quality: small frames in order, which must not wait for the round trip. */
    private static final int LONG_WINDOW = 6;
    /** A round trip takes some more frames, at the rate of the lowest quality. */
    private static final int FRAMES_PER_SECOND = 12;
    private static final int MAX_WINDOW = 16;
    private static final long TICK_MILLIS = 500;
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
    private final long[] unacknowledged = new long[MAX_WINDOW];
    private int underWay;
    private final LineMeter meter = new LineMeter();
    /** Absent until the viewer asks for a quality. */
    private final AtomicReference<QualityControl> quality = new AtomicReference<>();
    private final AtomicReference<ByteBuffer> status = new AtomicReference<>();
    private volatile VideoFormat sentFormat;
    /** The hub that was subscribed to last; null before the first. */
    private volatile VideoHub hub;
    /** The head of a frame that is numbered for this viewer. */
    private final ByteBuffer ownHead = ByteBuffer.allocateDirect(FrameHeads.WEBSOCKET_HEAD + FrameHeads.VIDEO_HEAD);
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Touched in turns only. */
    private boolean closeWritten;
    private volatile boolean heard = true;
    private final MergedDrawings drawings = new MergedDrawings();
    /** Absent if the viewer only understands whole pictures. */
    private Optional<ChangedStrips> strips = Optional.empty();

    public VideoSocketConnection(EndPoint endPoint, Executor executor, Scheduler scheduler, Feed feed, Session session, ClientReader.Throttle throttle, Set<Codec> accepts,
            Optional<QualityChoice> choice) {
        super(endPoint, executor, feed, session, throttle);
        this.scheduler = scheduler;
        this.accepts = accepts;
        choice.ifPresent(this::choose);
    }

    /** The viewer understands pictures of which only changed parts are sent. Before it is opened. */
    void sendChangedStrips() {
        strips = Optional.of(new ChangedStrips());
    }

    @Override
    protected void handleSourceChange() {
        strips.ifPresent(ChangedStrips::forgetPicture);
    }

    @Override
    protected Set<Codec> acceptedCodecs() {
        return accepts;
    }

    @Override
    protected Subscription subscribeTo(VideoHub hub) {
        this.hub = hub;
        QualityControl control = quality.get();
        return hub.subscribe(this, accepts, control == null ? PictureQuality.SHARP : control.quality());
    }

    @Override
    protected boolean isWindowOpen() {
        synchronized (unacknowledged) {
            return underWay < window() && !closing.get();
        }
    }

    private int window() {
        VideoFormat format = sentFormat;
        if (format == null || format.codec() != Codec.H264 || quality.get() == null) {
            return WINDOW;
        }
        return Math.min(MAX_WINDOW, LONG_WINDOW + meter.baseMillis() * FRAMES_PER_SECOND / 1000);
    }

    @Override
    protected void sendFrame(Frame frame, FrameHeads heads) {
        if (frame.format().codec() != Codec.DRAWING) {
            drawings.noticePicture();
            sendNewest(frame, heads);
        } else if (drawings.collectFrom(frame, currentSubscription(), this::lendFrame)) {
            sendNewest(drawings.newest(), heads);
        } else {
            dropFrame();
        }
    }

    private void sendNewest(Frame frame, FrameHeads heads) {
        sentFormat = frame.format();
        synchronized (unacknowledged) {
            unacknowledged[underWay++] = frame.sequence() & 0xffff_ffffL;
        }
        ByteBuffer head = ownHead;
        if (frame.isRenumbered()) {
            heads.writeSocketHead(ownHead, frame);
        } else {
            head = duplicateBuffer(heads.headsOf(frame).socketHead());
        }
        ByteBuffer videoHead = head.slice(head.limit() - FrameHeads.VIDEO_HEAD, FrameHeads.VIDEO_HEAD);
        // Also for frames of other codecs: after these, the next JPEG is sent as a whole.
        Optional<ByteBuffer> part = strips.flatMap(changes -> changes.describeChanges(frame, videoHead));
        if (frame.format().codec() == Codec.DRAWING && drawings.isMerged()) {
            ByteBuffer steps = drawings.steps();
            heads.writeMessageHead(ownHead, frame, steps.remaining());
            recordSent(ownHead.remaining() + steps.remaining());
            writeBuffers(ownHead, steps);
            return;
        }
        recordSent(part.map(ByteBuffer::remaining).orElse(head.remaining() + frame.encodedBytes().limit()));
        if (part.isPresent()) {
            writeBuffers(part.get());
        } else {
            writeBuffers(head, duplicateBuffer(frame.encodedBytes()));
        }
    }

    private void recordSent(int bytes) {
        synchronized (unacknowledged) {
            meter.recordSent(bytes, underWay >= window(), System.nanoTime());
        }
    }

    /** The viewer asks for a quality; any thread. */
    private void choose(QualityChoice choice) {
        QualityControl first = new QualityControl(choice, meter, System.nanoTime());
        boolean begins = quality.compareAndSet(null, first);
        QualityControl control = quality.get();
        PictureQuality now = control.choose(choice);
        currentSubscription().ifPresent(subscription -> subscription.changeQuality(now));
        if (begins) {
            scheduler.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        // The connection may end before it is opened, and then nobody closes it.
        if (isClosed() || closing.get() || !getEndPoint().isOpen()) {
            return;
        }
        try {
            QualityControl control = quality.get();
            control.update(System.nanoTime());
            Optional<Subscription> subscription = currentSubscription();
            // Each time, and not only after a change: the hub or the choice may have changed at the same time.
            subscription.ifPresent(one -> one.changeQuality(control.quality()));
            Delivery delivery = subscription.map(Subscription::currentDelivery).orElse(Delivery.UNCHANGED);
            Optional<String> text = control.nextStatus(delivery, Optional.ofNullable(sentFormat), Optional.ofNullable(hub).map(VideoHub::currentState), System.nanoTime());
            // A client that takes none for a while gets only the last one.
            text.ifPresent(message -> status.set(ServerFrames.buildFrame(ServerFrames.TEXT, message.getBytes(StandardCharsets.UTF_8))));
            signalWork();
        } finally {
            scheduler.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
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
            ByteBuffer report = status.getAndSet(null);
            if (report != null) {
                writeBuffers(report);
            }
            return report != null;
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
    public void endGracefully() {
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

    private final class Incoming implements ClientFrames.Handler, ViewerMessages.Receiver {

        @Override
        public void onText(ByteBuffer message) {
            try {
                ViewerMessages.read(message, this);
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

        @Override
        public void onQuality(QualityChoice choice) {
            choose(choice);
        }

        /** Acknowledgements are cumulative: they include all frames sent before. */
        @Override
        public void onAcknowledgement(long sequence) {
            synchronized (unacknowledged) {
                for (int i = 0; i < underWay; i++) {
                    if (unacknowledged[i] == sequence) {
                        System.arraycopy(unacknowledged, i + 1, unacknowledged, 0, underWay - i - 1);
                        underWay -= i + 1;
                        meter.recordAcknowledged(i + 1, System.nanoTime());
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
