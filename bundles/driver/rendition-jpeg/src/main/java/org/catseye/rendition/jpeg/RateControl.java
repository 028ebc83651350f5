package org.catseye.rendition.jpeg;

import java.util.concurrent.TimeUnit;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.video.spi.EncoderSettings;

/**
 * Decides when the next picture may be encoded, how coarse, and when it has its full size again. All times are of System.nanoTime. Not
 * thread-safe.
 */
final class RateControl {

    /** A picture that takes longer than this part of a second is too large. */
    private static final int MAX_FRAME_PART = 4;
    /** The frame rate to which the coarseness is adapted. */
    private static final int GOOD_FRAME_RATE = 8;
    /** If changes take less than half of the line for about this time, the full size is due in any case. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final double IDLE_PART = 0.95;
    private static final long FIRST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MAX_HOLD_NANOS = TimeUnit.SECONDS.toNanos(16);
    private static final long TRIAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int bytesPerSecond;
    private final long intervalNanos;
    /** Bytes that may be sent now; negative while the line is busy with what was sent. */
    private double credit;
    private long credited;
    private long due;
    /** While the line is busy. */
    private int coarseness = JpegEncoder.MAX_COARSENESS - 1;
    private long hold = FIRST_HOLD_NANOS;
    /** The last changes that were too large for the full size. */
    private long large;
    /** What the changes of the last moments would take in full size; old ones count less and less. */
    private double recentBytes;
    private long recentUntil;
    private long grown;
    private boolean onTrial;

    RateControl(EncoderSettings limits, long now) {
        bytesPerSecond = limits.kilobitsPerSecond() * 125;
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / limits.framesPerSecond();
        credited = now;
        due = now;
        large = now;
        recentUntil = now;
        credit = maxFrameBytes();
    }

    /** How long to wait before the next picture is encoded; 0 or less if it is due. */
    long nanosUntilNext(long now) {
        credit = Math.min(maxFrameBytes(), credit + (now - credited) * (double) bytesPerSecond / 1e9);
        credited = now;
        long paid = credit > 0 ? 0 : (long) (-credit * 1e9 / bytesPerSecond) + 1;
        return Math.max(due - now, paid);
    }

    /** A picture was encoded. It takes half of a processor's time at most, which boards with one core need. */
    void recordTurn(long begun, long ended) {
        due = begun + Math.max(intervalNanos, 2 * (ended - begun));
    }

    /** A picture was published. @param bytes that it takes on the line */
    void recordSent(int bytes) {
        credit -= bytes;
    }

    /** For strips that have changed, 0 to {@link JpegEncoder#MAX_COARSENESS}. While the line is idle, a change is sharp at once. */
    int coarseness() {
        return credit > IDLE_PART * maxFrameBytes() ? 0 : coarseness;
    }

    int makeCoarsest() {
        coarseness = JpegEncoder.MAX_COARSENESS;
        return coarseness;
    }

    int maxFrameBytes() {
        return bytesPerSecond / MAX_FRAME_PART;
    }

    /** How many bytes a picture should have, so that enough of them fit into a second. */
    int refinementBytes() {
        return bytesPerSecond / GOOD_FRAME_RATE;
    }

    /**
     * Changed strips were encoded.
     *
     * @param bytes that they take on the line
     * @param bytesInFullSize what they would take in full size, about
     */
    void recordChanges(int bytes, long bytesInFullSize, long now) {
        if (bytes > refinementBytes()) {
            coarseness = Math.min(JpegEncoder.MAX_COARSENESS, coarseness + 1);
        } else if (bytes < refinementBytes() / 2) {
            coarseness = Math.max(0, coarseness - 1);
        }
        large = bytesInFullSize > maxFrameBytes() ? now : large;
        recentBytes = countRecent(now) + Math.min(bytesInFullSize, bytesPerSecond);
        recentUntil = now;
        if (onTrial && now - grown > TRIAL_NANOS) {
            onTrial = false;
            hold = FIRST_HOLD_NANOS;
        }
    }

    /** The picture had to become smaller. If that is soon after it grew, it grows later the next time. */
    void recordShrinking(long now) {
        if (onTrial && now - grown <= TRIAL_NANOS) {
            hold = Math.min(MAX_HOLD_NANOS, 2 * hold);
        }
        onTrial = false;
        large = now;
    }

    private double countRecent(long now) {
        return recentBytes * Math.exp((double) (recentUntil - now) / QUIET_NANOS);
    }

    /** Whether the changes have been small for long enough to go back to the full size. */
    boolean isGrowthDue(long now) {
        return now - large > Math.min(hold, QUIET_NANOS) && (now - large > hold || countRecent(now) < bytesPerSecond / 2.0);
    }

    /** Whether nothing large has changed for a moment. */
    boolean isQuiet(long now) {
        return now - large > QUIET_NANOS;
    }

    /** The picture has its full size again. */
    void recordGrowth(long now) {
        grown = now;
        onTrial = true;
    }
}
