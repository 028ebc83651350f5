package org.catseye.video.spi;

import java.util.Optional;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.osgi.annotation.versioning.ProviderType;

/** Gives a driver access to the hub during one call of {@link CaptureDevice#capture}. Thread-safe; no method blocks. */
@ProviderType
public interface CaptureContext {

    /** Whether the driver must stop. Once true, it stays true, and the driver must return within one second. */
    boolean isStopped();

    /**
     * The number of viewers. A driver that consumes noticeable power may pause at 0; the action from {@link #setWakeAction} runs
     * when a viewer arrives.
     */
    int viewerCount();

    /** Whether a viewer has requested a key frame since the last one was published. */
    boolean isKeyFrameRequested();

    /**
     * Whether all current receivers show drawings, so that the driver may publish its changes as {@link org.catseye.video.Codec#DRAWING}
     * after a JPEG. If a receiver of JPEG comes at the same time, {@link #isKeyFrameRequested()} becomes true; then a JPEG must follow.
     */
    default boolean acceptsDrawings() {
        return false;
    }

    /**
     * Sets the action that wakes the driver from a wait. It runs whenever {@link #isStopped()}, {@link #viewerCount()} or
     * {@link #isKeyFrameRequested()} has changed, and immediately if the driver must already stop. A typical action writes to an
     * eventfd or releases a semaphore. The hub discards it when {@link CaptureDevice#capture} returns.
     *
     * @param wake runs on any thread; must not block
     */
    void setWakeAction(Runnable wake);

    /**
     * Provides memory for one frame. The driver must publish or close it. The hub counts a frame as lost if there is no memory
     * for it.
     *
     * @param bytes the maximum size of the frame in bytes, at least 1
     * @return empty if viewers are using all buffers, {@code bytes} exceeds the configured limit, or the driver has 16 slots already.
     *     Drop the frame in that case; never wait for a buffer
     */
    Optional<Slot> acquireSlot(int bytes);

    /**
     * Publishes a frame to the viewers as the newest one. The frame consists of the bytes from 0 to the buffer's position. Data that
     * does not begin like a picture of this format is dropped, and counted as lost. This
     * method takes ownership of the slot, even if it throws; the driver must not use it afterwards.
     *
     * @param slot a slot from {@link #acquireSlot}
     * @param format the encoding and picture size
     * @param key whether a decoder can start with this frame (always true for JPEG)
     * @param capturedNanos when the picture was captured, in nanoseconds of CLOCK_MONOTONIC
     * @throws IllegalArgumentException if the slot is empty or was already published or closed
     */
    void publishFrame(Slot slot, VideoFormat format, boolean key, long capturedNanos);

    /**
     * Reports why there is no picture. The next published frame automatically sets the state to LIVE again.
     *
     * @param signal the kind of problem
     * @param reason one sentence for the user with the cause and the remedy
     */
    void reportSignal(Signal signal, String reason);

    /**
     * Reports the signal that the target sends, whenever it changes. It is unknown until the first report, and shown in the state
     * while the picture is live. The sound data itself stays in the driver, because nothing uses it yet.
     */
    void reportIncomingSignal(IncomingSignal incoming);

    /**
     * Reports processor time that was spent on encoding since the last report, for the statistics.
     *
     * @param nanos of this thread or of a child process, 0 or more
     */
    default void reportProcessorTime(long nanos) {
    }

    /**
     * Reports frames that were lost before they reached the driver (sequence gaps, corrupt data), for the statistics.
     *
     * @param frames the number of frames lost since the last report
     */
    void reportLostFrames(long frames);
}
