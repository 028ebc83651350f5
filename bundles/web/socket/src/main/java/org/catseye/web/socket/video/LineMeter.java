package org.catseye.web.socket.video;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What a viewer's line does: how much it takes, and how long a frame takes until it is drawn. Measured over about two seconds. Times
 * are those of {@link System#nanoTime()}. Thread-safe.
 */
final class LineMeter {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long BASE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Smaller frames take the line too short a time to tell how fast it is. */
    private static final int TELLING_BYTES = 8_000;

    private final Deque<Sent> underWay = new ArrayDeque<>();
    private final Deque<Acknowledged> done = new ArrayDeque<>();
    /** The shortest delay of this period and of the one before. */
    private long shortest = Long.MAX_VALUE;
    private long shortestBefore = Long.MAX_VALUE;
    private long periodStarted;
    private long busySince;
    private boolean full;
    private long fullSince;

    private record Sent(long bytes, long nanos) {
    }

    private record Acknowledged(long bytes, long nanos, long delay, long busyNanos, long fullNanos) {
    }

    /**
     * A measurement.
     *
     * @param frames acknowledged frames
     * @param framesPerSecond of these
     * @param kilobitsPerSecond all acknowledged bytes, over the whole time
     * @param frameBytes mean size of the frames that were acknowledged or are under way
     * @param lineKilobitsPerSecond over the time in which something was under way: what the line takes. At most the rate that
     *     the unacknowledged bytes imply so far; 0 if nothing was acknowledged and nothing is under way
     * @param delayMillis mean time from sending to the acknowledgement
     * @param baseMillis shortest such time of the last minute at most: about the round trip
     * @param oldestMillis how long the oldest frame is under way; 0 if there is none
     * @param fullShare share of the time in which no further frame could be sent
     * @param singleFrameKilobitsPerSecond what the line takes according to the fastest single frame of at least 8,000 bytes, without the round
     *     trip; 0 without such a frame. It does not depend on how much is sent
     */
    record Line(int frames, double framesPerSecond, int kilobitsPerSecond, int frameBytes, int lineKilobitsPerSecond, int delayMillis, int baseMillis,
            int oldestMillis, double fullShare, int singleFrameKilobitsPerSecond) {
    }

    /** @param last whether no further frame can be sent before one is acknowledged */
    synchronized void recordSent(long bytes, boolean last, long now) {
        if (underWay.isEmpty()) {
            busySince = now;
        }
        underWay.addLast(new Sent(bytes, now));
        full = last;
        fullSince = now;
    }

    /** The oldest frames were acknowledged. */
    synchronized void recordAcknowledged(int frames, long now) {
        for (int i = 0; i < frames && !underWay.isEmpty(); i++) {
            long fullNanos = full ? now - fullSince : 0;
            full = false;
            Sent sent = underWay.removeFirst();
            done.addLast(new Acknowledged(sent.bytes(), now, now - sent.nanos(), now - busySince, fullNanos));
            busySince = now;
            recordDelay(now - sent.nanos(), now);
        }
        forgetOld(now);
    }

    private void forgetOld(long now) {
        while (!done.isEmpty() && now - done.peekFirst().nanos() > WINDOW_NANOS) {
            done.removeFirst();
        }
    }

    synchronized Line measure(long now) {
        forgetOld(now);
        long bytes = 0;
        long busy = 0;
        long fullNanos = full ? Math.min(now - fullSince, WINDOW_NANOS) : 0;
        long delay = 0;
        for (Acknowledged one : done) {
            bytes += one.bytes();
            busy += one.busyNanos();
            fullNanos += one.fullNanos();
            delay += one.delay();
        }
        int line = busy == 0 ? Integer.MAX_VALUE : (int) (bytes * 8e6 / busy);
        int oldest = underWay.isEmpty() ? 0 : millis(now - underWay.peekFirst().nanos());
        long bytesUnderWay = underWay.stream().mapToLong(Sent::bytes).sum();
        if (oldest > 0) {
            line = (int) Math.min(line, bytesUnderWay * 8 / oldest);
        }
        int frames = done.size();
        double seconds = WINDOW_NANOS / 1e9;
        return new Line(frames, frames / seconds, (int) (bytes * 8 / seconds / 1000),
            (int) ((bytes + bytesUnderWay) / Math.max(1, frames + underWay.size())), line == Integer.MAX_VALUE ? 0 : line,
            frames == 0 ? 0 : millis(delay / frames), baseMillis(), oldest,
            Math.min(1, (double) fullNanos / WINDOW_NANOS), fastestSingleFrame());
    }

    /** As in {@link Line}; 0 before the first acknowledgement. */
    synchronized int baseMillis() {
        long base = shortestDelay();
        return base == Long.MAX_VALUE ? 0 : millis(base);
    }

    private long shortestDelay() {
        return Math.min(shortest, shortestBefore);
    }

    private int fastestSingleFrame() {
        long base = shortestDelay();
        long fastest = 0;
        for (Acknowledged one : done) {
            if (one.bytes() >= TELLING_BYTES) {
                fastest = Math.max(fastest, one.bytes() * 8_000_000L / Math.max(1_000_000, one.delay() - base));
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, fastest);
    }

    /** The number of acknowledged frames that are kept. */
    synchronized int kept() {
        return done.size();
    }

    private void recordDelay(long delay, long now) {
        if (now - periodStarted > BASE_NANOS) {
            shortestBefore = shortest;
            shortest = Long.MAX_VALUE;
            periodStarted = now;
        }
        shortest = Math.min(shortest, delay);
    }

    private static int millis(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
