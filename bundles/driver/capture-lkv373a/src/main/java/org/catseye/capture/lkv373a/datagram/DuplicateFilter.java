package org.catseye.capture.lkv373a.datagram;

import java.nio.ByteBuffer;

/**
 * Detects a datagram that equals the previous one. Bare UDP has no sequence numbers, so a network that duplicates datagrams would look
 * like one that loses some, because the continuity counters of seven packets are repeated. Without duplication, two datagrams in a row
 * always differ in these counters. For one thread; creates no garbage.
 */
public final class DuplicateFilter {

    private static final int MAX_BYTES = 2048;

    private final ByteBuffer previous = ByteBuffer.allocateDirect(MAX_BYTES).limit(0);

    /** Whether the bytes between position and limit equal those of the previous call. */
    public boolean isDuplicate(ByteBuffer datagram) {
        if (datagram.equals(previous)) {
            return true;
        }
        forgetPrevious();
        if (datagram.remaining() <= previous.capacity()) {
            previous.limit(datagram.remaining()).put(0, datagram, datagram.position(), datagram.remaining());
        }
        return false;
    }

    /** Called when another stream begins. */
    public void forgetPrevious() {
        previous.clear().limit(0);
    }
}
