package org.catseye.web.socket;

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
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer on a connection taken over from HTTP. The capture thread itself starts a non-blocking write for a viewer that is
 * idle; a viewer whose write is not done is skipped, and takes the newest frame when it is. So there is no thread, no queue and
 * no copy per viewer, and no viewer waits for another (measured: docs/benchmarks.md).
 */
abstract class FrameConnection extends AbstractConnection implements Connection.UpgradeTo, FrameListener {

    private static final long IDLE_MILLIS = 30_000;
    private static final int MOST_VIEWS = 128;
    private static final Session.Registration NONE = () -> { };
    private static final Logger LOG = LoggerFactory.getLogger(FrameConnection.class);

    private final Feed feed;
    private final Session session;
    private final AtomicReference<Session.Registration> onSessionEnd = new AtomicReference<>(NONE);
    /** Turns left to do; who raises it from 0 does them. */
    private final AtomicInteger turns = new AtomicInteger();
    private final SendBuffer sendBuffer;
    private final Callback written = new Written();
    private final ClientReader reader;
    /** What the client sent before the connection was taken over. */
    private ByteBuffer early = ByteBuffer.allocate(0);
    /** One duplicate per buffer object of the hub, so that sending a frame makes no garbage. Touched in turns only. */
    private final Map<ByteBuffer, ByteBuffer> duplicates = new IdentityHashMap<>();
    /** Whose buffers {@link #duplicates} knows: it must not keep memory of a hub or a format that went. */
    private Following known;
    private VideoFormat format;
    private volatile boolean writing;
    private volatile boolean closed;
    private volatile Following following;
    /** The frame being written, which nobody else closes. Set in turns, taken by the write's callback. */
    private Frame current;
    /** Of the write under way, for {@link #sendBuffer}; set in turns, read by the write's callback. */
    private long writeBytes;
    private long writeStarted;

    /** A subscription and what belongs to it. */
    private record Following(Subscription subscription, FrameHeads heads) {
    }

    FrameConnection(EndPoint endPoint, Executor executor, Feed feed, Session session, ClientReader.Throttle throttle) {
        super(endPoint, executor);
        this.feed = feed;
        this.session = session;
        this.sendBuffer = new SendBuffer(endPoint);
        this.reader = new ClientReader(endPoint, this::received, throttle, InvocationType.NON_BLOCKING);
    }

    /** Which codecs this viewer can show. */
    Set<Codec> accepts() {
        return EnumSet.of(Codec.JPEG);
    }

    /** Whether another frame may be sent now; asked in turns only. */
    abstract boolean windowOpen();

    /** Starts the write of a frame by {@link #write}; in turns only. */
    abstract void send(Frame frame, FrameHeads heads);

    /**
     * Starts the write of something else that is due, and says whether there was something; in turns only, when no write is
     * under way.
     */
    boolean sendOther() {
        return false;
    }

    /** The frames come from another hub from now on, or from none: those of the old one are given back. In turns only. */
    void sourceChanged() {
    }

    /** Takes what the client sent; one thread at a time. Returns how many messages that were. */
    abstract int received(ByteBuffer bytes);

    /** Gives back what is held; in turns only, after the last write. May be called again. */
    void ended() {
    }

    /** Ends the connection in the protocol's own way, because the server or the session ends. Any thread. */
    abstract void goAway();

    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        early = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(IDLE_MILLIS);
        sendBuffer.cap();
        reader.begin(early);
        feed.addViewer(this);
        onSessionEnd.set(session.onEnd(this::goAway));
        if (closed || !getEndPoint().isOpen()) {
            // It closed in between, and the server may have told the connection before this one.
            leave();
        }
    }

    @Override
    public void onClose(Throwable cause) {
        leave();
        super.onClose(cause);
    }

    /** A static picture is no reason to part; a client that has not taken a byte for that long is. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return writing;
    }

    /** Whether it is over; a feed takes it no more. */
    final boolean isClosed() {
        return closed;
    }

    @Override
    public void onFillable() {
        reader.read();
    }

    /** Subscribes to another hub, or to none. Called under the feed's lock. */
    final void follow(Optional<Feed.Source> source) {
        Following old = following;
        following = null;
        if (old != null) {
            old.subscription().close();
        }
        if (source.isPresent() && !closed) {
            following = new Following(source.get().hub().subscribe(this, accepts()), source.get().heads());
        }
        signal();
    }

    @Override
    public final void onFrameAvailable() {
        signal();
    }

    /** Something may be due. Any thread; returns at once. */
    final void signal() {
        if (turns.getAndIncrement() == 0) {
            int done = 1;
            do {
                guardedTurn();
                done = turns.addAndGet(-done);
            } while (done != 0);
        }
    }

    /** Makes {@code frame} the one being written: it is closed when the write is done, and not before. In turns only. */
    final void lend(Frame frame) {
        current = frame;
    }

    /** Starts a non-blocking write of the buffers' remaining bytes. In turns only, one at a time. */
    final void write(ByteBuffer... buffers) {
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
    final ByteBuffer duplicate(ByteBuffer shared) {
        ByteBuffer duplicate = duplicates.get(shared);
        if (duplicate == null) {
            if (duplicates.size() > MOST_VIEWS) {
                duplicates.clear();
            }
            duplicate = shared.duplicate();
            duplicates.put(shared, duplicate);
        }
        duplicate.clear().limit(shared.limit());
        return duplicate;
    }

    /** A defect must not leave the turn taken for good, nor reach the capture thread. */
    private void guardedTurn() {
        try {
            turn();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("viewer {} failed and is disconnected", getEndPoint().getRemoteSocketAddress(), e);
            written.failed(e);
        }
    }

    private void turn() {
        if (writing) {
            return;
        }
        Following now = following;
        if (now != known) {
            duplicates.clear();
            known = now;
            sourceChanged();
        }
        if (closed) {
            ended();
        } else if (!sendOther() && now != null && windowOpen()) {
            Frame frame = now.subscription().nextFrame().orElse(null);
            if (frame != null) {
                lend(frame);
                if (!frame.format().equals(format)) {
                    duplicates.clear();
                    format = frame.format();
                }
                send(frame, now.heads());
            }
        }
    }

    private void leave() {
        closed = true;
        feed.removeViewer(this);
        onSessionEnd.getAndSet(NONE).close();
        signal();
    }

    private final class Written implements Callback {

        @Override
        public void succeeded() {
            sendBuffer.taken(writeBytes, writeStarted, System.nanoTime());
            release();
            signal();
        }

        @Override
        public void failed(Throwable cause) {
            LOG.debug("viewer {} is gone: {}", getEndPoint().getRemoteSocketAddress(), String.valueOf(cause));
            closed = true;
            release();
            getEndPoint().close(cause);
            leave();
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
