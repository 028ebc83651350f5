package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What an old LKV373 broadcasts once a second (toru173/Lenkeng373).
 *
 * @param signal its input carries a picture
 * @param width of that picture, pixels
 * @param height likewise
 */
record Heartbeat(boolean signal, int width, int height) {

    private static final int MAGIC = 0x5446_367a;
    private static final int TRANSMITTER = 0x63;
    private static final int LEAST = 34;

    /** @param datagram from 0 to the limit; empty if it is something else */
    static Optional<Heartbeat> parse(ByteBuffer datagram) {
        if (datagram.limit() < LEAST || datagram.getInt(0) != MAGIC || datagram.get(4) != TRANSMITTER) {
            return Optional.empty();
        }
        return Optional.of(new Heartbeat(datagram.get(27) == 3, datagram.getShort(28) & 0xffff, datagram.getShort(30) & 0xffff));
    }

    /** What makes it send its picture for the next seconds; the counter in it may stay 0 (golkv373). */
    static ByteBuffer keepalive() {
        return ByteBuffer.wrap(new byte[] {0x54, 0x46, 0x36, 0x7a, 0x60, 2, 0, 0, 0, 0, 0, 3, 3, 1, 0, 0x26, 0, 0, 0, 0, 0x0d, 0x2f, (byte) 0xd8});
    }
}
