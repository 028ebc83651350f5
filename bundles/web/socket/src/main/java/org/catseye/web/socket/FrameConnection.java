package org.catseye.web.socket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.Session;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer on a connection taken over from HTTP. The capture thread itself starts a non-blocking write for a viewer that is
 * idle; a viewer whose write is not done is skipped, and takes the newest frame when it is. So there is no thread, no queue and
 * no copy per viewer, and no viewer waits for another (measured: docs/benchmarks.md).
 */
abstract class FrameConnection extends AbstractConnection implements FrameListener {

    /**
     * The kernel's send buffer is capped, because left alone it grows to seconds of video: the newest frame when the write is
     * done would then be an old one when it arrives. Linux doubles the number; a frame of 1080p still fits one write.
     */
    private static final int SEND_BUFFER = 128 * 1024;
    private static final long IDLE_MILLIS = 30_000;
    private static final int MOST_VIEWS = 128;
    private static final Logger LOG = LoggerFactory.getLogger(FrameConnection.class);

    private final Feed feed;
    private final Session session;
    private Session.Registration onSessionEnd = () -> { };
    /** Turns left to do; who raises it from 0 does them. */
    private final AtomicInteger turns = new AtomicInteger();
    private final Callback written = new Written();
    private final Callback input = new Input();
    /** One set of duplicates per buffer object of the hub, so that sending a frame makes no garbage. Touched in turns only. */
    private final Map<ByteBuffer, ByteBuffer> duplicates = new IdentityHashMap<>();
    private volatile boolean writing;
    private volatile boolean closed;
    private volatile Following following;
    private Frame current;

    /** A subscription and what belongs to it. */
    private record Following(Subscription subscription, FrameHeads heads) {
    }

    FrameConnection(EndPoint endPoint, Executor executor, Feed feed, Session session) {
        super(endPoint, executor);
        this.feed = feed;
        this.session = session;
    }

    /** Which codecs this viewer can show. */
    Set<Codec> accepts() {
        return EnumSet.of(Codec.JPEG);
    }

    /** Whether another frame may be sent now; asked in turns only. */
    abstract boolean windowOpen();

    /** Starts the write of a frame by {@link #write}; in turns only. */
    abstract void send(Frame frame, FrameHeads heads);

    /** Starts the write of something else that is due, and says whether it did; in turns only, when no write is under way. */
    boolean sendOther() {
        return false;
    }

    /** Ends the connection in the protocol's own way, because the server or the session ends. Any thread. */
    abstract void goAway();

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(IDLE_MILLIS);
        capSendBuffer();
        awaitInput();
        feed.add(this);
        onSessionEnd = session.onEnd(this::goAway);
    }

    @Override
    public void onClose(Throwable cause) {
        closed = true;
        feed.remove(this);
        onSessionEnd.close();
        super.onClose(cause);
    }

    /** A static picture is no reason to part; a client that has not taken a byte for that long is. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return writing;
    }

    /** {@link #onFillable()} comes once, on the selector's thread, when there is something to read. */
    final void awaitInput() {
        getEndPoint().fillInterested(input);
    }

    /** Subscribes to another hub, or to none. Called under the feed's lock. */
    final void follow(Feed.Source source) {
        Following old = following;
        following = null;
        if (old != null) {
            old.subscription().close();
        }
        if (source != null && !closed) {
            following = new Following(source.hub().subscribe(this, accepts()), source.heads());
        }
        signal();
    }

    @Override
    public final void onFrame() {
        signal();
    }

    /** Something may be due. Any thread; returns at once. */
    final void signal() {
        if (turns.getAndIncrement() == 0) {
            int done = 1;
            do {
                turn();
                done = turns.addAndGet(-done);
            } while (done != 0);
        }
    }

    final void requestKeyFrame() {
        Following now = following;
        if (now != null) {
            now.subscription().requestKeyFrame();
        }
    }

    /** Starts a non-blocking write of the buffers' remaining bytes. In turns only, one at a time. */
    final void write(ByteBuffer... buffers) {
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

    private void turn() {
        if (writing || closed || sendOther()) {
            return;
        }
        Following now = following;
        if (now == null || !windowOpen()) {
            return;
        }
        Frame frame = now.subscription().next().orElse(null);
        if (frame != null) {
            current = frame;
            send(frame, now.heads());
        }
    }

    private void capSendBuffer() {
        if (getEndPoint() instanceof SocketChannelEndPoint end) {
            try {
                end.getChannel().setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            } catch (IOException e) {
                LOG.debug("the send buffer stays as it is", e);
            }
        }
    }

    /** Reading here is a few bytes of acks, parsed at once: no hand-over to a pool thread. */
    private final class Input implements Callback {

        @Override
        public void succeeded() {
            onFillable();
        }

        @Override
        public void failed(Throwable cause) {
            getEndPoint().close(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    private final class Written implements Callback {

        @Override
        public void succeeded() {
            release();
            signal();
        }

        @Override
        public void failed(Throwable cause) {
            LOG.debug("viewer {} is gone: {}", getEndPoint().getRemoteSocketAddress(), String.valueOf(cause));
            closed = true;
            release();
            getEndPoint().close(cause);
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
