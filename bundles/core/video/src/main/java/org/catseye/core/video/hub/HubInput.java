package org.catseye.core.video.hub;

import java.util.function.BooleanSupplier;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One device's way into a hub. The hub ignores it unless it is the one that {@link Hub#selectInput} named last. */
public final class HubInput implements DeviceInput {

    /** After so many frames in a row without a buffer the state shows the reason. */
    private static final int REFUSALS_BEFORE_REPORT = 10;
    private static final Logger LOG = LoggerFactory.getLogger(HubInput.class);

    private final Hub hub;
    /** Frames in a row for which there was no buffer. On the capture thread, as is the next. */
    private int refusedInARow;
    /** Why there are no buffers; empty if there are some. A driver that gets none takes that for a loss, so this comes first. */
    private String shortage = "";

    HubInput(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String target() {
        return hub.target();
    }

    @Override
    public int viewerCount() {
        return hub.viewerCount();
    }

    @Override
    public FrameBuffer acquireBuffer(int bytes) {
        FrameBuffer buffer = hub.pool().acquireBuffer(bytes);
        if (buffer == null) {
            countLostFrames(1);
            if (++refusedInARow == REFUSALS_BEFORE_REPORT) {
                shortage = hub.pool().explainRefusal(bytes);
                LOG.warn("{}: {}", target(), shortage);
                if (!markStale(shortage)) {
                    showCondition(Condition.CONNECTING, shortage);
                }
            }
        }
        return buffer;
    }

    @Override
    public void publishFrame(FrameBuffer buffer, VideoFormat format, boolean keyFrame, long capturedNanos) {
        refusedInARow = 0;
        shortage = "";
        hub.publishFrame(this, buffer, format, keyFrame, capturedNanos);
    }

    @Override
    public void showCondition(Condition condition, String reason) {
        showCondition(condition, reason, () -> true);
    }

    /**
     * As {@link #showCondition(Condition, String)}, on any thread.
     *
     * @param stillCurrent asked before the state changes: false drops this condition, because a frame or a newer one came meanwhile. Must
     *     not block
     */
    public void showCondition(Condition condition, String reason, BooleanSupplier stillCurrent) {
        hub.showCondition(this, condition, reason, stillCurrent);
    }

    @Override
    public boolean markStale(String reason) {
        return hub.markStale(this, shortage.isEmpty() ? reason : shortage);
    }

    @Override
    public void setIncomingSignal(IncomingSignal incoming) {
        hub.setIncomingSignal(this, incoming);
    }

    @Override
    public void countLostFrames(long frames) {
        hub.countLostFrames(frames);
    }
}
