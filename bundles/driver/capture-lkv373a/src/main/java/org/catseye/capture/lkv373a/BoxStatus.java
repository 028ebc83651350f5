package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a box says of its input five times a second, in table 0x77 on PID 0x77 (fragtion/lkv373a-v3-tx, a transmitter that real
 * receivers accept).
 *
 * @param hdcp the source protects its picture against copying
 * @param locked the input carries a signal
 * @param halfRate every second picture is left out
 * @param width of the input, pixels
 * @param height likewise
 * @param milliHertz pictures per second of the input times 1000
 * @param audioHertz audio samples per second
 */
record BoxStatus(boolean hdcp, boolean locked, boolean halfRate, int width, int height, int milliHertz, int audioHertz) {

    private static final int TABLE = 0x77;
    private static final int BYTES = 24;

    /** @param section a whole section without its CRC; empty if it is another one */
    static Optional<BoxStatus> parse(ByteBuffer section) {
        if (section.limit() < BYTES || (section.get(0) & 0xff) != TABLE) {
            return Optional.empty();
        }
        int flags = section.get(8);
        return Optional.of(new BoxStatus((flags & 0x80) != 0, (flags & 0x10) != 0, (flags & 0x40) != 0, section.getShort(9) & 0xffff,
            section.getShort(11) & 0xffff, section.getInt(20), section.getInt(16)));
    }
}
