package org.catseye.web.socket.stream;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Session;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.FrameHeads;
import org.catseye.web.socket.viewer.OneWayConnection;
import org.catseye.web.socket.viewer.StreamQuality;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** A viewer of an endless H.264 stream. The response's head was sent before it takes over. */
final class StreamConnection extends OneWayConnection {

    /** How often the source is looked at, and a still picture is noticed. */
    static final long TICK_MILLIS = 5_000;

    private final Scheduler scheduler;
    private final StreamFormat stream;
    private final Feed feed;
    private final StreamQuality quality;
    /** Touched in turns only, as is the next field. */
    private Scheduler.Task timer;
    private boolean started;
    private volatile boolean sentSinceTick;
    private volatile boolean tickOver;
    private volatile boolean pauseDue;

    StreamConnection(EndPoint endPoint, Executor executor, Scheduler scheduler, Feed feed, Session session, ClientReader.Throttle throttle, StreamFormat stream,
            StreamQuality quality) {
        super(endPoint, executor, feed, session, throttle);
        this.scheduler = scheduler;
        this.feed = feed;
        this.stream = stream;
        this.quality = quality;
    }

    @Override
    protected Set<Codec> acceptedCodecs() {
        return StreamQuality.CODECS;
    }

    @Override
    protected Subscription subscribeTo(VideoHub hub) {
        return hub.subscribe(this, acceptedCodecs(), quality.currentQuality(hub));
    }

    @Override
    protected void sendFrame(Frame frame, FrameHeads heads) {
        sentSinceTick = true;
        ByteBuffer bytes = stream.wrapUnit(frame, duplicateBuffer(frame.encodedBytes()));
        if (stream.isOver()) {
            dropFrame();
            endGracefully();
        } else {
            writeBuffers(bytes);
        }
    }

    @Override
    protected boolean sendPending() {
        if (!started || tickOver) {
            started = true;
            tickOver = false;
            timer = scheduler.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (!pauseDue) {
            return false;
        }
        pauseDue = false;
        ByteBuffer pause = stream.writePause();
        boolean any = pause.hasRemaining();
        if (any) {
            writeBuffers(pause);
        }
        return any;
    }

    /** On the scheduler's thread. The next one is scheduled in a turn, so that none follows the end. */
    private void tick() {
        feed.hub().ifPresent(hub -> currentSubscription().ifPresent(subscription -> subscription.changeQuality(quality.currentQuality(hub))));
        pauseDue = !sentSinceTick;
        sentSinceTick = false;
        tickOver = true;
        signalWork();
    }

    @Override
    protected void releaseHeldFrames() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
