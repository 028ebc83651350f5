package org.catseye.core.video.hub;

import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;

/** Takes the frames and states of one device. No method blocks. Called on the device's capture thread, unless stated otherwise. */
public interface DeviceInput {

    /** The target's id, for logs and thread names; any thread. */
    String target();

    /** How many viewers the target has; any thread. */
    int viewerCount();

    /** Whether all receivers show drawings; any thread. */
    boolean acceptsDrawings();

    /** A buffer with one reference for a frame of that many bytes, or null: drop the frame, which is counted as lost. */
    FrameBuffer acquireBuffer(int bytes);

    /** The device delivered a frame that cannot be shown, which is counted as lost. After some in a row the state shows this reason. */
    void refuseFrame(String reason);

    /** A frame of the remote screen. Takes over the caller's reference. */
    void publishFrame(FrameBuffer buffer, VideoFormat format, boolean keyFrame, long capturedNanos);

    /** There is no live picture, for this reason. */
    void showCondition(Condition condition, String reason);

    /** The live picture stands still for this reason. @return false if there is no live picture */
    boolean markStale(String reason);

    /** What the remote computer sends from now on. */
    void setIncomingSignal(IncomingSignal incoming);

    /** Processor time was spent on encoding. */
    default void addProcessorTime(long nanos) {
    }

    /** Frames were lost before they got here. */
    void countLostFrames(long frames);
}
