package org.catseye.core.video.capture;

import java.util.Objects;
import java.util.Optional;
import org.catseye.core.video.hub.DeviceInput;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.options.ForeignText;
import org.catseye.plugins.health.LentFrames.Lent;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a device's capture method: the context that its driver gets. Once stopped, nothing the driver does has an effect. */
final class CaptureCall implements CaptureContext {

    /** Of a driver's text in the state, which each viewer gets. */
    static final int MAX_REASON_CHARS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(CaptureCall.class);

    private final DeviceInput input;
    private final boolean afterBadValue;
    private final LentSlots lent = new LentSlots();
    private volatile boolean stopped;
    private volatile boolean keyFrameRequested;
    private volatile boolean published;
    private volatile Runnable wakeAction = () -> { };
    private volatile Signal lastSignal;
    private volatile String lastReason;

    /**
     * @param afterBadValue whether the previous call ended because of a bad value in the configuration: that the device is opened again is
     *     not reported then, because it would only hide what is wrong
     */
    CaptureCall(DeviceInput input, boolean afterBadValue) {
        this.input = input;
        this.afterBadValue = afterBadValue;
        input.setIncomingSignal(IncomingSignal.UNKNOWN);
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public int viewerCount() {
        return input.viewerCount();
    }

    @Override
    public boolean acceptsDrawings() {
        return input.acceptsDrawings();
    }

    @Override
    public boolean isKeyFrameRequested() {
        return keyFrameRequested;
    }

    @Override
    public void setWakeAction(Runnable action) {
        wakeAction = action;
        if (stopped) {
            wakeDriver();
        }
    }

    @Override
    public Optional<Slot> acquireSlot(int bytes) {
        if (stopped) {
            return Optional.empty();
        }
        if (!lent.hasRoom()) {
            input.refuseFrame(LentSlots.FAULT);
            return Optional.empty();
        }
        FrameBuffer buffer = input.acquireBuffer(bytes);
        if (buffer == null) {
            return Optional.empty();
        }
        LentSlot slot = new LentSlot(buffer, lent);
        lent.addSlot(slot);
        return Optional.of(slot);
    }

    @Override
    public void publishFrame(Slot slot, VideoFormat format, boolean key, long capturedNanos) {
        FrameBuffer buffer = ((LentSlot) slot).takeBuffer();
        if (buffer == null) {
            throw new IllegalArgumentException("this slot was published or closed before");
        }
        boolean empty = buffer.writableBytes().position() == 0;
        if (stopped || empty || format == null) {
            buffer.releaseReference();
            Objects.requireNonNull(format, "format");
            if (empty) {
                throw new IllegalArgumentException("the slot is empty: a frame's bytes are those before the buffer's position");
            }
            return;
        }
        Optional<String> fault = FrameCheck.findFault(buffer.writableBytes(), format);
        if (fault.isPresent()) {
            buffer.releaseReference();
            input.refuseFrame(fault.get());
            return;
        }
        published = true;
        lastSignal = null;
        if (key) {
            keyFrameRequested = false;
        }
        input.publishFrame(buffer, format, key, capturedNanos);
    }

    @Override
    public void reportIncomingSignal(IncomingSignal incoming) {
        Objects.requireNonNull(incoming, "incoming");
        if (!stopped) {
            input.setIncomingSignal(incoming);
        }
    }

    @Override
    public void reportSignal(Signal signal, String reason) {
        if (stopped) {
            return;
        }
        Objects.requireNonNull(signal, "signal");
        String shown = ForeignText.shorten(reason, MAX_REASON_CHARS);
        lastSignal = signal;
        lastReason = shown;
        boolean hidesMistake = signal == Signal.CONNECTING && afterBadValue && !published;
        if (hidesMistake || signal == Signal.STALE && input.markStale(shown)) {
            return;
        }
        input.showCondition(switch (signal) {
            case NO_DEVICE -> Condition.NO_DEVICE;
            case CONNECTING, STALE -> Condition.CONNECTING;
            case NO_SIGNAL -> Condition.NO_SIGNAL;
        }, shown);
    }

    @Override
    public void reportProcessorTime(long nanos) {
        if (nanos > 0) {
            input.addProcessorTime(nanos);
        }
    }

    @Override
    public void reportLostFrames(long frames) {
        if (!stopped && frames > 0) {
            input.countLostFrames(frames);
        }
    }

    void stop() {
        stopped = true;
        wakeDriver();
        wakeAction = () -> { };
    }

    void requestKeyFrame() {
        keyFrameRequested = true;
        wakeDriver();
    }

    void wakeDriver() {
        try {
            wakeAction.run();
        } catch (RuntimeException | Error e) {
            // Of the driver, on a thread of a viewer.
            LOG.warn("{}: the driver's wake action failed", input.target(), e);
        }
    }

    /** Takes back the slots that the driver has not returned. Only after it has returned from the call. @return how many there were */
    int takeBackSlots() {
        return lent.takeBack();
    }

    /** The slots that the driver has not returned. */
    Lent countSlots() {
        return lent.countSlots();
    }

    /** Whether a frame was published. */
    boolean hasPublished() {
        return published;
    }

    /** Whether the driver's last report was that the device is not there. */
    boolean isDeviceMissing() {
        return lastSignal == Signal.NO_DEVICE;
    }

    /** The reason that the driver gave, if its last report was a signal. */
    Optional<String> lastReason() {
        return lastSignal == null ? Optional.empty() : Optional.of(lastReason);
    }
}
