package org.catseye.web.socket.viewer;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.access.Session;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.web.socket.connection.ClientReader;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer on a connection taken over from HTTP. The capture thread itself starts a non-blocking write for a viewer that is
 * idle; a viewer whose write has not ended is skipped, and gets the newest frame when it has. So there is no thread, no queue and
 * no copy per viewer, and no viewer waits for another (measured: docs/benchmarks.md).
 */
public abstract class FrameConnection extends AbstractConnection implements Connection.UpgradeTo, FrameListener, FeedViewer {

    private static final long IDLE_MILLIS = 30_000;
    private static final int MAX_DUPLICATES = 128;
    private static final Session.Registration NONE = () -> { };
    private static final Logger LOG = LoggerFactory.getLogger(FrameConnection.class);

    private final Feed feed;
    private final Session session;
    private final AtomicReference<Session.Registration> onSessionEnd = new AtomicReference<>(NONE);
    /** Turns that are due; the thread that raises the number from 0 takes them. */
    private final AtomicInteger turns = new AtomicInteger();
    private final SendBuffer sendBuffer;
    private final Callback written = new Written();
    private final ClientReader reader;
    /** Bytes that the client sent before the connection was taken over. */
    private ByteBuffer early = ByteBuffer.allocate(0);
    /** One duplicate per buffer object of the hub, so that sending a frame makes no garbage. Touched in turns only. */
    private final Map<ByteBuffer, ByteBuffer> duplicates = new IdentityHashMap<>();
    /** The hub of {@link #duplicates}, which must not keep memory of a hub or a format that is no longer used. */
    private Following known;
    private VideoFormat format;
    private volatile boolean writing;
    private volatile boolean closed;
    private volatile Following following;
    /** The frame being written; closed only by the write's callback. Set in turns. */
    private Frame current;
    /** Of the write under way, for {@link #sendBuffer}; set in turns, read by the write's callback. */
    private long writeBytes;
    private long writeStarted;

    /** A subscription and what belongs to it. */
    private record Following(Subscription subscription, FrameHeads heads) {
    }

    protected FrameConnection(EndPoint endPoint, Executor executor, Feed feed, Session session, ClientReader.Throttle throttle) {
        super(endPoint, executor);
        this.feed = feed;
        this.session = session;
        this.sendBuffer = new SendBuffer(endPoint);
        this.reader = new ClientReader(endPoint, this::receiveBytes, throttle, InvocationType.NON_BLOCKING);
    }

    /** Which codecs this viewer can show. */
    protected Set<Codec> acceptedCodecs() {
        return EnumSet.of(Codec.JPEG);
    }

    protected Subscription subscribeTo(VideoHub hub) {
        return hub.subscribe(this, acceptedCodecs());
    }

    /** The current subscription; empty while there is no hub. */
    protected final Optional<Subscription> currentSubscription() {
        return Optional.ofNullable(following).map(Following::subscription);
    }

    /** Whether another frame may be sent now; called in turns only. */
    protected abstract boolean isWindowOpen();

    /** Starts the write of a frame by {@link #writeBuffers}, or drops it by {@link #dropFrame}; in turns only. */
    protected abstract void sendFrame(Frame frame, FrameHeads heads);

    /**
     * Starts the write of other data that is due; in turns only, when no write is running.
     *
     * @return whether there was any
     */
    protected boolean sendPending() {
        return false;
    }

    /** From now on, the frames come from another hub or from none: releases those of the old one. In turns only. */
    protected void handleSourceChange() {
    }

    /** Takes the bytes that the client sent; one thread at a time. @return the number of messages in them */
    protected abstract int receiveBytes(ByteBuffer bytes);

    /** Releases held frames; in turns only, after the last write. May be called again. */
    protected void releaseHeldFrames() {
    }

    /** Ends the connection as the protocol prescribes, because the server or the session ends. Any thread. */
    @Override
    public abstract void endGracefully();

    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        early = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(IDLE_MILLIS);
        sendBuffer.capSize();
        reader.startReading(early);
        feed.addViewer(this);
        onSessionEnd.set(session.onEnd(this::endGracefully));
        if (closed || !getEndPoint().isOpen()) {
            // It closed in the meantime, and the server may have notified only the previous connection.
            leaveFeed();
        }
    }

    @Override
    public void onClose(Throwable cause) {
        leaveFeed();
        super.onClose(cause);
    }

    /** A static picture does not end the connection; a client that has received nothing for that long is disconnected. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return writing;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public void onFillable() {
        reader.readAvailable();
    }

    @Override
    public final void followSource(Optional<Feed.Source> source) {
        Following old = following;
        following = null;
        if (old != null) {
            old.subscription().close();
        }
        if (source.isPresent() && !closed) {
            following = new Following(subscribeTo(source.get().hub()), source.get().heads());
        }
        signalWork();
    }

    @Override
    public final void onFrameAvailable() {
        signalWork();
    }

    /** Reports that work may be due. Any thread; does not block. */
    protected final void signalWork() {
        if (turns.getAndIncrement() == 0) {
            int done = 1;
            do {
                takeGuardedTurn();
                done = turns.addAndGet(-done);
            } while (done != 0);
        }
    }

    /** Makes {@code frame} the one being written: it is closed when the write is done, and not before. In turns only. */
    protected final void lendFrame(Frame frame) {
        current = frame;
    }

    /** Closes the frame that is lent, because it is not sent. In turns only, in place of a write. */
    protected final void dropFrame() {
        Frame frame = current;
        current = null;
        frame.close();
    }

    /** Starts a non-blocking write of the buffers' remaining bytes. In turns only, one at a time. */
    protected final void writeBuffers(ByteBuffer... buffers) {
        writeBytes = 0;
        for (ByteBuffer buffer : buffers) {
            writeBytes += buffer.remaining();
        }
        writeStarted = System.nanoTime();
        writing = true;
        try {
            getEndPoint().write(written, buffers);
        } catch (RuntimeException e) {
            written.failed(e);
        }
    }

    /** A duplicate of a shared buffer from its position 0 to its limit, made once per buffer object. In turns only. */
    protected final ByteBuffer duplicateBuffer(ByteBuffer shared) {
        ByteBuffer duplicate = duplicates.get(shared);
        if (duplicate == null) {
            if (duplicates.size() > MAX_DUPLICATES) {
                duplicates.clear();
            }
            duplicate = shared.duplicate();
            duplicates.put(shared, duplicate);
        }
        duplicate.clear().limit(shared.limit());
        return duplicate;
    }

    /** A defect must neither block later turns nor reach the capture thread. */
    private void takeGuardedTurn() {
        try {
            takeTurn();
        } catch (RuntimeException | Error e) {
            // Also for want of memory: without this, no other turn would ever be taken.
            LOG.warn("Viewer {} failed and is disconnected", getEndPoint().getRemoteSocketAddress(), e);
            written.failed(e);
        }
    }

    private void takeTurn() {
        if (writing) {
            return;
        }
        Following now = following;
        if (now != known) {
            duplicates.clear();
            known = now;
            handleSourceChange();
        }
        if (closed) {
            releaseHeldFrames();
        } else if (!sendPending() && now != null && isWindowOpen()) {
            Frame frame = now.subscription().nextFrame().orElse(null);
            if (frame != null) {
                lendFrame(frame);
                if (!frame.format().equals(format)) {
                    duplicates.clear();
                    format = frame.format();
                }
                sendFrame(frame, now.heads());
            }
        }
    }

    private void leaveFeed() {
        closed = true;
        feed.removeViewer(this);
        onSessionEnd.getAndSet(NONE).close();
        signalWork();
    }

    private final class Written implements Callback {

        @Override
        public void succeeded() {
            sendBuffer.recordWrite(writeBytes, writeStarted, System.nanoTime());
            release();
            signalWork();
        }

        @Override
        public void failed(Throwable cause) {
            LOG.debug("Viewer {} disconnected: {}", getEndPoint().getRemoteSocketAddress(), String.valueOf(cause));
            closed = true;
            release();
            getEndPoint().close(cause);
            leaveFeed();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        private void release() {
            Frame frame = current;
            current = null;
            writing = false;
            if (frame != null) {
                frame.close();
            }
        }
    }
}
