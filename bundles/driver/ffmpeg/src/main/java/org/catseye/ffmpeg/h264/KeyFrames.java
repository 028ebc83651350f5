package org.catseye.ffmpeg.h264;

import java.util.concurrent.TimeUnit;

/**
 * Decides when the encoder is told to make a key frame. All viewers get it, so viewers that ask often get one about twice a second, at the
 * lower picture rate of slow lines one a second. A request that comes earlier is met then. Thread-safe.
 */
final class KeyFrames {

    /** From one to the next. */
    private static final int MIN_PICTURES = 12;

    private final long minInterval;
    /** One was asked for and has not come yet. */
    private boolean pending;
    private boolean lost;
    private boolean begun;
    private long written;

    /** @param picturesPerSecond upper limit */
    KeyFrames(int picturesPerSecond) {
        minInterval = TimeUnit.SECONDS.toNanos(MIN_PICTURES) / picturesPerSecond;
    }

    /** @param requested whether a viewer needs one. @param now {@link System#nanoTime} */
    synchronized boolean isDue(boolean requested, long now) {
        boolean early = begun && now - written < minInterval;
        return !pending && (lost || requested && !early);
    }

    /** The next picture is written as a key frame. */
    synchronized void recordWritten(long now) {
        pending = true;
        begun = true;
        written = now;
    }

    /** A result was dropped, perhaps a key frame: what follows cannot be decoded, so the next one may come at once. */
    synchronized void recordLoss() {
        pending = false;
        lost = true;
    }

    /** A key frame came. */
    synchronized void recordArrival() {
        pending = false;
        lost = false;
    }
}
