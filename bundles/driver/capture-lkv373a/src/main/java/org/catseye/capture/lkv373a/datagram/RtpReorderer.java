package org.catseye.capture.lkv373a.datagram;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts RTP datagrams in order. A datagram in order is delivered immediately. Datagrams behind a gap are held in a small window until
 * the missing one arrives or {@link #GAP_TIMEOUT_NANOS} passed; then the gap is a loss. For one thread; creates no garbage.
 */
public final class RtpReorderer {

    /** Switches that reorder datagrams do so within a millisecond; after this time the datagram is lost. */
    static final long GAP_TIMEOUT_NANOS = 5_000_000;
    static final int WINDOW = 16;
    /** A sequence number this far away belongs to a restarted sender. */
    private static final int MAX_DISTANCE = 1000;
    private static final int MAX_HELD_BYTES = 2048;

    /** Receives the datagrams in order. */
    public interface OrderedOutput {
        /** @param datagram its bytes are between position and limit; valid during the call */
        void deliverDatagram(ByteBuffer datagram, long nanos);

        /** This many datagrams are missing here; {@link #UNKNOWN_COUNT} if the sender restarted. */
        void reportLoss(int datagrams);
    }

    /** The number of lost datagrams is unknown. */
    public static final int UNKNOWN_COUNT = -1;

    private final OrderedOutput output;
    private final ByteBuffer[] held = new ByteBuffer[WINDOW];
    private final boolean[] occupied = new boolean[WINDOW];
    private final long[] arrivalNanos = new long[WINDOW];
    private int expected = -1;
    private int heldCount;
    private int lastStream;
    /** Old datagrams in a row. More than can be late, without a newer one in between, belong to a restarted sender. */
    private int oldInARow;
    private long gapNanos;

    public RtpReorderer(OrderedOutput output) {
        this.output = output;
        for (int i = 0; i < WINDOW; i++) {
            held[i] = ByteBuffer.allocateDirect(MAX_HELD_BYTES);
        }
    }

    /**
     * Takes one datagram.
     *
     * @param stream the sender's number of the stream (SSRC). It may change at any time. A changed number together with an unexpected
     *     sequence number shows a restarted sender, even if it restarted close to its previous number (ffmpeg: within 4096)
     * @param datagram its bytes between position and limit
     */
    public void acceptDatagram(int sequence, int stream, ByteBuffer datagram, long nanos) {
        expireGap(nanos);
        int ahead = expected < 0 ? 0 : (short) (sequence - expected);
        oldInARow = ahead < 0 ? oldInARow + 1 : 0;
        boolean anotherStream = ahead != 0 && stream != lastStream;
        lastStream = stream;
        if (anotherStream || ahead < -MAX_DISTANCE || ahead > MAX_DISTANCE || oldInARow > WINDOW) {
            resetOrder();
            output.reportLoss(UNKNOWN_COUNT);
            ahead = 0;
        }
        if (ahead < 0) {
            // It arrived twice, or after it was reported as lost.
            return;
        }
        while (ahead >= WINDOW || ahead > 0 && datagram.remaining() > MAX_HELD_BYTES) {
            skipGap();
            ahead = (short) (sequence - expected);
        }
        if (ahead == 0) {
            expected = sequence + 1 & 0xffff;
            output.deliverDatagram(datagram, nanos);
            deliverHeld();
        } else if (ahead > 0) {
            holdDatagram(sequence, datagram, nanos);
        }
    }

    /** Reports a gap that is too old as a loss. Must also be called when nothing arrives. */
    public void expireGap(long nanos) {
        while (heldCount > 0 && nanos - gapNanos > GAP_TIMEOUT_NANOS) {
            skipGap();
        }
    }

    /** Forgets everything; the next datagram is the first one. */
    public void resetOrder() {
        expected = -1;
        heldCount = 0;
        oldInARow = 0;
        Arrays.fill(occupied, false);
    }

    private void holdDatagram(int sequence, ByteBuffer datagram, long nanos) {
        int slot = sequence % WINDOW;
        if (occupied[slot]) {
            return;
        }
        if (heldCount == 0) {
            gapNanos = nanos;
        }
        held[slot].clear().put(datagram).flip();
        arrivalNanos[slot] = nanos;
        occupied[slot] = true;
        heldCount++;
    }

    /** Skips the missing datagrams up to the next held one (or one datagram if none is held), and reports them. */
    private void skipGap() {
        int missing = 0;
        do {
            expected = expected + 1 & 0xffff;
            missing++;
        } while (heldCount > 0 && !occupied[expected % WINDOW]);
        output.reportLoss(missing);
        deliverHeld();
    }

    private void deliverHeld() {
        while (heldCount > 0 && occupied[expected % WINDOW]) {
            int slot = expected % WINDOW;
            occupied[slot] = false;
            heldCount--;
            expected = expected + 1 & 0xffff;
            output.deliverDatagram(held[slot], arrivalNanos[slot]);
        }
        if (heldCount > 0) {
            gapNanos = arrivalNanos[findFirstHeld()];
        }
    }

    private int findFirstHeld() {
        for (int i = 0; i < WINDOW; i++) {
            int slot = (expected + i) % WINDOW;
            if (occupied[slot]) {
                return slot;
            }
        }
        return 0;
    }
}
