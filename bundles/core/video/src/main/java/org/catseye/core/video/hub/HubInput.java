package org.catseye.core.video.hub;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One device's way into a hub. The hub ignores it unless it is the one that {@link Hub#selectInput} named last. */
public final class HubInput implements DeviceInput {

    /** After so many frames in a row that can't be shown the state shows the reason. */
    private static final int REFUSALS_BEFORE_REPORT = 10;
    private static final Logger LOG = LoggerFactory.getLogger(HubInput.class);

    private final Hub hub;
    /** Frames in a row that could not be shown. On the capture thread. */
    private int refusedInARow;
    /** Why frames can't be shown; empty if they are. The driver may take that for a loss or report that it starts, so this comes first. */
    private volatile String fault = "";

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
    public boolean acceptsDrawings() {
        return hub.acceptsDrawings();
    }

    @Override
    public FrameBuffer acquireBuffer(int bytes) {
        FrameBuffer buffer = hub.pool().acquireBuffer(bytes);
        if (buffer == null) {
            countRefusal(() -> hub.pool().explainRefusal(bytes));
        }
        return buffer;
    }

    @Override
    public void refuseFrame(String reason) {
        countRefusal(() -> reason);
    }

    private void countRefusal(Supplier<String> reason) {
        countLostFrames(1);
        if (++refusedInARow == REFUSALS_BEFORE_REPORT) {
            fault = reason.get();
            LOG.warn("{}: {}", target(), fault);
            if (!markStale(fault)) {
                showCondition(Condition.CONNECTING, fault);
            }
        }
    }

    @Override
    public void publishFrame(FrameBuffer buffer, VideoFormat format, boolean keyFrame, long capturedNanos) {
        refusedInARow = 0;
        fault = "";
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
        hub.showCondition(this, condition, condition != Condition.CONNECTING || fault.isEmpty() ? reason : fault, stillCurrent);
    }

    @Override
    public boolean markStale(String reason) {
        return hub.markStale(this, fault.isEmpty() ? reason : fault);
    }

    @Override
    public void setIncomingSignal(IncomingSignal incoming) {
        hub.setIncomingSignal(this, incoming);
    }

    @Override
    public void addProcessorTime(long nanos) {
        hub.totals().addProcessorTime(nanos);
    }

    @Override
    public void countLostFrames(long frames) {
        hub.countLostFrames(frames);
    }
}
