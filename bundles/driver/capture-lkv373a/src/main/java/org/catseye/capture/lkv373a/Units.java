package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;

/** Takes the video's elementary stream, cut at the PES packets: one of them holds one access unit, seldom more. */
interface Units {

    /** No time stamp came with it. */
    long NO_TIME = -1;

    /**
     * A PES packet begins; one that is still open was cut off.
     *
     * @param pts presentation time in 90 kHz ticks, or {@link #NO_TIME}
     * @param nanos when its first datagram came, {@link System#nanoTime()}
     * @param bytes how many there will be; 0 if that is not said
     */
    void begin(long pts, long nanos, int bytes);

    /** More bytes: from position to limit. */
    void data(ByteBuffer bytes);

    /** The PES packet is complete. */
    void end();

    /** Something is missing: what is open is damaged, and what follows builds on what is missing, up to the next key frame. */
    void broken();
}
