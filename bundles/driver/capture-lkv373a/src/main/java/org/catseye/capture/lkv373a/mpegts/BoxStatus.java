package org.catseye.capture.lkv373a.mpegts;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A box's status report about its input. A box sends it five times a second in table 0x77 on PID 0x77 (source: fragtion/lkv373a-v3-tx,
 * a transmitter that real receivers accept).
 *
 * @param copyProtected the source protects its picture against copying (HDCP)
 * @param signalPresent the input has a signal
 * @param halfRate the box leaves out every second picture
 * @param width of the input, pixels
 * @param height of the input, pixels
 * @param milliHertz pictures per second of the input times 1000
 * @param audioHertz audio samples per second
 */
public record BoxStatus(boolean copyProtected, boolean signalPresent, boolean halfRate, int width, int height, int milliHertz,
        int audioHertz) {

    private static final int TABLE_ID = 0x77;
    private static final int MIN_BYTES = 24;

    /** @param section a whole section without its CRC. @return empty for another table */
    static Optional<BoxStatus> parseSection(ByteBuffer section) {
        if (section.limit() < MIN_BYTES || (section.get(0) & 0xff) != TABLE_ID) {
            return Optional.empty();
        }
        int flags = section.get(8);
        return Optional.of(new BoxStatus((flags & 0x80) != 0, (flags & 0x10) != 0, (flags & 0x40) != 0, section.getShort(9) & 0xffff,
            section.getShort(11) & 0xffff, section.getInt(20), section.getInt(16)));
    }
}
