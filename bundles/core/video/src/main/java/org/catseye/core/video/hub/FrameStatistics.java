package org.catseye.core.video.hub;

import java.util.concurrent.TimeUnit;

/** Frames per second over the last second, and totals. Thread-safe. */
final class FrameStatistics {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** When the last frames were published; a ring. Guarded by this, as is everything. */
    private final long[] stamps = new long[128];
    private int next;
    private int kept;
    private long frames;
    private long lost;

    synchronized void countFrame(long nanos) {
        stamps[next] = nanos;
        next = (next + 1) % stamps.length;
        kept = Math.min(kept + 1, stamps.length);
        frames++;
    }

    synchronized void countLostFrames(long count) {
        lost += count;
    }

    synchronized long totalFrames() {
        return frames;
    }

    synchronized long lostFrames() {
        return lost;
    }

    /** From the frames of the second before {@code now}: intervals by their length, so that 30 fps reads 30 and not 31. */
    synchronized double framesPerSecond(long now) {
        int count = 0;
        long oldest = now;
        long newest = now;
        for (int i = 1; i <= kept; i++) {
            long stamp = stamps[Math.floorMod(next - i, stamps.length)];
            if (now - stamp > WINDOW_NANOS) {
                break;
            }
            newest = count == 0 ? stamp : newest;
            oldest = stamp;
            count++;
        }
        return count < 2 ? count : (count - 1) * 1e9 / Math.max(1, newest - oldest);
    }
}
