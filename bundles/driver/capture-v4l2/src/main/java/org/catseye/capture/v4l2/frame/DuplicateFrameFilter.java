package org.catseye.capture.v4l2.frame;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Detects a frame that equals the previous one, which is what a stick delivers while nothing moves. Frames are compared by length
 * and CRC-32C: two different pictures are mistaken for equal once in four billion cases, and for at most one second. One duplicate a
 * second passes the filter, so that viewers can tell that the connection works. For one thread.
 */
public final class DuplicateFrameFilter {

    private static final long MAX_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FrameChecksum checksum = new FrameChecksum();
    private int lastLength = -1;
    private long lastChecksum;
    private long lastPassedNanos;

    /**
     * @param frame its bytes are those before the position; position and limit are unchanged afterwards
     * @param nanos the frame's time
     * @return whether to drop the frame
     */
    public boolean isDuplicate(ByteBuffer frame, long nanos) {
        int length = frame.position();
        long sum = checksum.computeChecksum(frame);
        if (length == lastLength && sum == lastChecksum && nanos - lastPassedNanos < MAX_INTERVAL_NANOS) {
            return true;
        }
        lastLength = length;
        lastChecksum = sum;
        lastPassedNanos = nanos;
        return false;
    }
}
