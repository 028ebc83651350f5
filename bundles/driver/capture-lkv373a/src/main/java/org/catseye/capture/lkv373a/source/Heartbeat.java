package org.catseye.capture.lkv373a.source;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The heartbeat that an older LKV373 broadcasts once a second (source: toru173/Lenkeng373).
 *
 * @param signalPresent the input has a picture
 * @param width of that picture, pixels
 * @param height of that picture, pixels
 */
record Heartbeat(boolean signalPresent, int width, int height) {

    private static final int MAGIC = 0x5446_367a;
    private static final int FROM_TRANSMITTER = 0x63;
    private static final int MIN_BYTES = 34;

    /** @param datagram from 0 to the limit. @return empty for another datagram */
    static Optional<Heartbeat> parseDatagram(ByteBuffer datagram) {
        if (datagram.limit() < MIN_BYTES || datagram.getInt(0) != MAGIC || datagram.get(4) != FROM_TRANSMITTER) {
            return Optional.empty();
        }
        return Optional.of(new Heartbeat(datagram.get(27) == 3, datagram.getShort(28) & 0xffff, datagram.getShort(30) & 0xffff));
    }

    /** The answer that makes the box send its picture for the next seconds. Its counter may stay 0 (source: golkv373). */
    static ByteBuffer createKeepalive() {
        return ByteBuffer.wrap(new byte[] {0x54, 0x46, 0x36, 0x7a, 0x60, 2, 0, 0, 0, 0, 0, 3, 3, 1, 0, 0x26, 0, 0, 0, 0, 0x0d, 0x2f,
            (byte) 0xd8});
    }
}
