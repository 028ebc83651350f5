package org.catseye.core.video;

import java.util.Optional;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a device's capture method, as the device sees its hub. Dead once stopped: nothing it says counts any more. */
final class Capture implements CaptureContext {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

    private final Hub hub;
    /** A try again on a configuration that was wrong: that it is opened again is not worth telling, it only hides what is wrong. */
    private final boolean again;
    private volatile boolean stopped;
    private volatile boolean keyFrameWanted;
    private volatile boolean published;
    private volatile Runnable wake = () -> { };
    private volatile Signal lastSignal;
    private volatile String lastReason;

    /** @param again whether the call before ended because of the configuration */
    Capture(Hub hub, boolean again) {
        this.hub = hub;
        this.again = again;
        hub.incoming(IncomingSignal.UNKNOWN);
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public int viewerCount() {
        return hub.viewerCount();
    }

    @Override
    public boolean isKeyFrameRequested() {
        return keyFrameWanted;
    }

    @Override
    public void setWakeAction(Runnable action) {
        wake = action;
        if (stopped) {
            wake();
        }
    }

    @Override
    public Optional<Slot> acquireSlot(int bytes) {
        Buffer buffer = stopped ? null : hub.pool().acquire(bytes);
        if (buffer == null) {
            if (!stopped) {
                hub.refused(bytes);
            }
            return Optional.empty();
        }
        return Optional.of(new Lent(buffer));
    }

    @Override
    public void publishFrame(Slot slot, VideoFormat format, boolean key, long capturedNanos) {
        Buffer buffer = ((Lent) slot).giveUp();
        if (buffer == null) {
            throw new IllegalArgumentException("this slot was published or closed before");
        }
        if (stopped || buffer.bytes().position() == 0) {
            boolean empty = buffer.bytes().position() == 0;
            buffer.release();
            if (empty) {
                throw new IllegalArgumentException("the slot is empty: a frame's bytes are those before the buffer's position");
            }
            return;
        }
        published = true;
        lastSignal = null;
        if (key) {
            keyFrameWanted = false;
        }
        hub.publish(buffer, format, key, capturedNanos);
    }

    @Override
    public void reportIncomingSignal(IncomingSignal incoming) {
        if (!stopped) {
            hub.incoming(incoming);
        }
    }

    @Override
    public void reportSignal(Signal signal, String reason) {
        if (stopped) {
            return;
        }
        lastSignal = signal;
        lastReason = reason;
        if (signal == Signal.CONNECTING && again && !published || signal == Signal.STALE && hub.stale(reason)) {
            return;
        }
        hub.condition(switch (signal) {
            case NO_DEVICE -> Condition.NO_DEVICE;
            case CONNECTING, STALE -> Condition.CONNECTING;
            case NO_SIGNAL -> Condition.NO_SIGNAL;
        }, reason);
    }

    @Override
    public void reportLostFrames(long frames) {
        if (!stopped && frames > 0) {
            hub.statistics().lost(frames);
        }
    }

    void stop() {
        stopped = true;
        wake();
        wake = () -> { };
    }

    void wantKeyFrame() {
        keyFrameWanted = true;
        wake();
    }

    void wake() {
        try {
            wake.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: the driver's wake-up failed", hub.target(), e);
        }
    }

    boolean published() {
        return published;
    }

    boolean deviceGone() {
        return lastSignal == Signal.NO_DEVICE;
    }

    /** The driver's own words, if its last word was a signal. */
    Optional<String> lastReason() {
        return lastSignal == null ? Optional.empty() : Optional.of(lastReason);
    }

    /** A slot in a driver's hands. */
    private static final class Lent implements Slot {
        private final Buffer buffer;
        private boolean gone;

        Lent(Buffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public java.nio.ByteBuffer buffer() {
            return buffer.bytes();
        }

        @Override
        public void close() {
            Buffer back = giveUp();
            if (back != null) {
                back.release();
            }
        }

        Buffer giveUp() {
            if (gone) {
                return null;
            }
            gone = true;
            return buffer;
        }
    }
}
