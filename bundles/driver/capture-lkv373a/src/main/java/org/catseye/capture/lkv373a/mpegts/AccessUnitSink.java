package org.catseye.capture.lkv373a.mpegts;

import java.nio.ByteBuffer;

/**
 * Receives the elementary stream of the video, divided at the PES packets. A PES packet usually holds one access unit, rarely more.
 * Called by one thread.
 */
public interface AccessUnitSink {

    /** The PES packet had no timestamp. */
    long NO_TIMESTAMP = -1;

    /**
     * A PES packet begins. A packet that is still open was cut off.
     *
     * @param presentationTicks presentation time in units of 1/90000 s, or {@link #NO_TIMESTAMP}
     * @param arrivalNanos when its first datagram arrived, {@link System#nanoTime()}
     * @param expectedBytes how many bytes it will have; 0 if unknown
     */
    void beginUnit(long presentationTicks, long arrivalNanos, int expectedBytes);

    /** Adds bytes to the open packet: those between position and limit. The buffer is valid during the call. */
    void appendData(ByteBuffer bytes);

    /** The PES packet is complete. */
    void endUnit();

    /** Data was lost: the open packet is damaged, and the following ones depend on the lost data until the next key frame. */
    void handleLoss();
}
