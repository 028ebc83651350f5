package org.catseye.core.video.capture;

import org.catseye.core.video.hub.DeviceInput;
import org.catseye.core.video.hub.HubInput;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;

/**
 * A device from its start to its stop, between its capture loop and the hub. While its frames are on the screen they pass straight
 * through; everything else is decided by the listener.
 */
final class DeviceRun implements DeviceInput {

    /** Decides which of several devices is shown. Called on the device's capture thread; must not block. */
    interface Listener {

        /** A frame came although this device is not the one that is shown. @return whether it is now */
        boolean acceptFrame(DeviceRun run, boolean keyFrame);

        /** The device reported why it has no picture. */
        void reportCondition(DeviceRun run, Condition condition, String reason);

        /** The device reported what the remote computer sends. */
        void reportIncomingSignal(DeviceRun run, IncomingSignal incoming);
    }

    /** Why there is no picture; compared by identity, because two reports may be equal. */
    record Report(Condition condition, String reason) {
    }

    final HubInput input;
    final String label;
    /** Guarded by the listener's lock, as are the next three. */
    final SourcePresence presence = new SourcePresence();
    IncomingSignal incoming = IncomingSignal.UNKNOWN;
    boolean checkScheduled;
    /** The last report; null while frames come. */
    Report report;

    private final Listener listener;
    /** Whether frames pass without asking. */
    private volatile boolean passing;

    DeviceRun(HubInput input, String label, Listener listener) {
        this.input = input;
        this.label = label;
        this.listener = listener;
        this.report = new Report(Condition.CONNECTING, CaptureLoop.openingReason(label));
    }

    /** Under the listener's lock: whether frames pass without asking. */
    void setPassing(boolean pass) {
        passing = pass;
    }

    @Override
    public String target() {
        return input.target();
    }

    @Override
    public int viewerCount() {
        return input.viewerCount();
    }

    @Override
    public boolean acceptsDrawings() {
        return passing && input.acceptsDrawings();
    }

    @Override
    public FrameBuffer acquireBuffer(int bytes) {
        return input.acquireBuffer(bytes);
    }

    @Override
    public void refuseFrame(String reason) {
        input.refuseFrame(reason);
    }

    @Override
    public void publishFrame(FrameBuffer buffer, VideoFormat format, boolean keyFrame, long capturedNanos) {
        if (passing || listener.acceptFrame(this, keyFrame)) {
            input.publishFrame(buffer, format, keyFrame, capturedNanos);
        } else {
            buffer.releaseReference();
        }
    }

    @Override
    public void showCondition(Condition condition, String reason) {
        listener.reportCondition(this, condition, reason);
    }

    @Override
    public boolean markStale(String reason) {
        return passing && input.markStale(reason);
    }

    @Override
    public void setIncomingSignal(IncomingSignal signal) {
        listener.reportIncomingSignal(this, signal);
    }

    @Override
    public void countLostFrames(long frames) {
        input.countLostFrames(frames);
    }
}
