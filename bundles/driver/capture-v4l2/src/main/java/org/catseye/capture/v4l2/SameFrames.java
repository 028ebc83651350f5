package org.catseye.capture.v4l2;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * Recognizes a frame that equals the one before, as a stick delivers them while nothing moves, by length and CRC-32C (two
 * different pictures pass for equal once in 4 milliards, and for one second). One in a second is let through all the same, so
 * that a viewer sees that the line lives.
 */
final class SameFrames {

    private static final long AT_LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CRC32C crc = new CRC32C();
    private int length = -1;
    private long value;
    private long passed;

    /** @param frame bytes 0 to position; position and limit are as before afterwards */
    boolean skips(ByteBuffer frame, long now) {
        int end = frame.position();
        long sum = sum(crc, frame);
        if (end == length && sum == value && now - passed < AT_LEAST_NANOS) {
            return true;
        }
        length = end;
        value = sum;
        passed = now;
        return false;
    }

    /** CRC of the bytes before the position, without garbage and without moving anything. */
    static long sum(CRC32C crc, ByteBuffer frame) {
        int end = frame.position();
        int limit = frame.limit();
        crc.reset();
        crc.update(frame.flip());
        frame.limit(limit).position(end);
        return crc.getValue();
    }
}
