package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;

/**
 * Puts RTP datagrams in order. One that is in order goes through at once; those after a gap wait in a small window, for the
 * missing one to come or for {@link #PATIENCE_NANOS} to pass, and then the gap is a loss. One thread, no garbage.
 */
final class RtpOrder {

    /** Switches that reorder do so within a millisecond; beyond that the datagram is lost. */
    static final long PATIENCE_NANOS = 5_000_000;
    static final int WINDOW = 16;
    /** A number that far away is of a sender that started anew. */
    private static final int RESTART = 1000;
    private static final int LARGEST = 2048;

    /** Where the datagrams go. */
    interface Output {
        void datagram(ByteBuffer datagram, long nanos);

        /** That many datagrams are missing here; -1 if nobody can say. */
        void lost(int datagrams);
    }

    private final Output output;
    private final ByteBuffer[] waiting = new ByteBuffer[WINDOW];
    private final boolean[] full = new boolean[WINDOW];
    private final long[] stamps = new long[WINDOW];
    private int expected = -1;
    private int held;
    /** The stream of the datagram before. */
    private int last;
    /** So many in a row were old: more than can be late, and none newer in between, are of a sender that started anew. */
    private int behind;
    private long gapNanos;

    RtpOrder(Output output) {
        this.output = output;
        for (int i = 0; i < WINDOW; i++) {
            waiting[i] = ByteBuffer.allocateDirect(LARGEST);
        }
    }

    /**
     * Takes one datagram; what lies between position and limit counts.
     *
     * @param stream the sender's number of its stream (SSRC). It may change as it likes, but with a number that is not the next it is
     *     another stream: that alone shows a sender that began anew close to where it was (ffmpeg begins within 4096)
     */
    void datagram(int sequence, int stream, ByteBuffer datagram, long nanos) {
        expire(nanos);
        int ahead = expected < 0 ? 0 : (short) (sequence - expected);
        behind = ahead < 0 ? behind + 1 : 0;
        boolean another = ahead != 0 && stream != last;
        last = stream;
        if (another || ahead < -RESTART || ahead > RESTART || behind > WINDOW) {
            reset();
            output.lost(-1);
            ahead = 0;
        }
        if (ahead < 0) {
            // Came twice, or after it was given up.
            return;
        }
        if (ahead == 0) {
            expected = sequence + 1 & 0xffff;
            output.datagram(datagram, nanos);
            drain();
            return;
        }
        while (ahead >= WINDOW || ahead > 0 && datagram.remaining() > LARGEST) {
            skipGap();
            ahead = (short) (sequence - expected);
        }
        if (ahead == 0) {
            datagram(sequence, stream, datagram, nanos);
            return;
        }
        hold(sequence, datagram, nanos);
    }

    /** Gives up a gap that is too old. To be called also when nothing comes. */
    void expire(long nanos) {
        while (held > 0 && nanos - gapNanos > PATIENCE_NANOS) {
            skipGap();
        }
    }

    /** Forgets everything; the next datagram is the first. */
    void reset() {
        expected = -1;
        held = 0;
        behind = 0;
        java.util.Arrays.fill(full, false);
    }

    private void hold(int sequence, ByteBuffer datagram, long nanos) {
        int slot = sequence % WINDOW;
        if (full[slot]) {
            return;
        }
        if (held == 0) {
            gapNanos = nanos;
        }
        waiting[slot].clear().put(datagram).flip();
        stamps[slot] = nanos;
        full[slot] = true;
        held++;
    }

    /** Steps over what is missing, to the next one held (or by one if none is), and says so. */
    private void skipGap() {
        int missing = 0;
        do {
            expected = expected + 1 & 0xffff;
            missing++;
        } while (held > 0 && !full[expected % WINDOW]);
        output.lost(missing);
        drain();
    }

    private void drain() {
        while (held > 0 && full[expected % WINDOW]) {
            int slot = expected % WINDOW;
            full[slot] = false;
            held--;
            expected = expected + 1 & 0xffff;
            output.datagram(waiting[slot], stamps[slot]);
        }
        if (held > 0) {
            gapNanos = stamps[oldest()];
        }
    }

    private int oldest() {
        for (int i = 0; i < WINDOW; i++) {
            int slot = (expected + i) % WINDOW;
            if (full[slot]) {
                return slot;
            }
        }
        return 0;
    }
}
