package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;

/**
 * Knows the datagram before again. Bare UDP numbers nothing, and a network that doubles datagrams would look like one that loses some:
 * the counters of seven packets begin anew. No two in a row are equal otherwise, because those counters go on. One thread, no garbage.
 */
final class Twice {

    private final ByteBuffer before = ByteBuffer.allocateDirect(2048).limit(0);

    /** Whether what lies between position and limit is what it was the last time. */
    boolean same(ByteBuffer datagram) {
        if (datagram.equals(before)) {
            return true;
        }
        before.clear().limit(0);
        if (datagram.remaining() <= before.capacity()) {
            before.limit(datagram.remaining()).put(0, datagram, datagram.position(), datagram.remaining());
        }
        return false;
    }

    /** Another stream begins. */
    void reset() {
        before.clear().limit(0);
    }
}
