package org.catseye.capture.lkv373a.diagnosis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.catseye.capture.lkv373a.datagram.DatagramKind;

/** Records when datagrams of each kind last arrived. All times are {@link System#nanoTime()}. For one thread. */
public final class ArrivalLog {

    /** A box that sends pictures never pauses for this long. */
    static final long RECENT_NANOS = 1_000_000_000L;
    /** The most informative kind comes first. */
    private static final List<DatagramKind> BY_IMPORTANCE =
        List.of(DatagramKind.RTP, DatagramKind.TRANSPORT_STREAM, DatagramKind.V4, DatagramKind.EMPTY, DatagramKind.OTHER);
    private static final long NEVER = Long.MIN_VALUE;

    private final long[] lastNanos = new long[DatagramKind.values().length];
    private long firstNanos = NEVER;

    public ArrivalLog() {
        Arrays.fill(lastNanos, NEVER);
    }

    /** Records a datagram of the accepted sender. */
    public void recordDatagram(DatagramKind kind, long nanos) {
        lastNanos[kind.ordinal()] = nanos;
        firstNanos = firstNanos == NEVER ? nanos : firstNanos;
    }

    /** Records a datagram on the port that only a V4 box uses. */
    public void recordV4Port(long nanos) {
        lastNanos[DatagramKind.V4.ordinal()] = nanos;
    }

    /** When the last datagram of any kind arrived; empty if none did. */
    public OptionalLong lastArrival() {
        long last = Arrays.stream(lastNanos).max().orElse(NEVER);
        return last == NEVER ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /** When the accepted sender's first datagram arrived; empty if none did. */
    public OptionalLong firstArrival() {
        return firstNanos == NEVER ? OptionalLong.empty() : OptionalLong.of(firstNanos);
    }

    /** The kind that currently arrives, the most informative one if there are several; empty if nothing arrives. */
    public Optional<DatagramKind> currentKind(long nanos) {
        return BY_IMPORTANCE.stream().filter(kind -> isRecent(kind, nanos)).findFirst();
    }

    /** Whether a datagram of this kind arrived within the last second. */
    public boolean isRecent(DatagramKind kind, long nanos) {
        long last = lastNanos[kind.ordinal()];
        return last != NEVER && nanos - last < RECENT_NANOS;
    }
}
