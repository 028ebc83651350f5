package org.catseye.video.spi;

import java.util.Optional;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.osgi.annotation.versioning.ProviderType;

/** The hub as a driver sees it during one call of {@link CaptureDevice#capture}. Thread-safe; no method blocks. */
@ProviderType
public interface CaptureContext {

    /** The driver must return, within a second at most. Turns true once and stays so. */
    boolean isStopped();

    /** How many viewers there are. A driver that costs power may rest at 0; a viewer who comes then gets {@link #setWakeAction}. */
    int viewerCount();

    /** Whether a viewer asked for a key frame since the last one was published. */
    boolean isKeyFrameRequested();

    /**
     * Sets what wakes the driver from a wait: run on any thread, without blocking, whenever {@link #isStopped()},
     * {@link #viewerCount()} or {@link #isKeyFrameRequested()} changed. Typically writes to an eventfd or releases a semaphore. Run once
     * at once if stopped already. The hub lets go of it when capture() returns.
     */
    void setWakeAction(Runnable wake);

    /**
     * Memory for one frame, to be published or closed. Empty means: drop this frame (every buffer is with a viewer, or
     * {@code bytes} is beyond the configured limit); never wait for one. The hub counts it as lost.
     *
     * @param bytes how many bytes the frame will have at most, from 1
     */
    Optional<Slot> acquireSlot(int bytes);

    /**
     * Offers a frame to the viewers, as the newest one. Takes the slot over: it must not be touched afterwards, whatever
     * happens. The frame's bytes are those from 0 to the buffer's position.
     *
     * @param key whether a decoder can begin here (always true for JPEG)
     * @param capturedNanos when the picture was taken, CLOCK_MONOTONIC
     * @throws IllegalArgumentException if the slot is empty or was given up already
     */
    void publishFrame(Slot slot, VideoFormat format, boolean key, long capturedNanos);

    /**
     * Says why there is no picture. A frame published later means LIVE again by itself.
     *
     * @param reason one sentence for a person, with the mend
     */
    void reportSignal(Signal signal, String reason);

    /**
     * Tells what the target sends, whenever that changes; at first nothing is known. It is shown in the state while the picture is
     * live. The bytes of sound stay with the driver: nobody takes them yet.
     */
    void reportIncomingSignal(IncomingSignal incoming);

    /** Frames that were lost on the way to the driver (sequence gaps, broken data), for the statistics. */
    void reportLostFrames(long frames);
}
