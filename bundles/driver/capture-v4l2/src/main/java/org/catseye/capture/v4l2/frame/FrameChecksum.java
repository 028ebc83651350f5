package org.catseye.capture.v4l2.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Computes CRC-32C checksums of frames without creating garbage. For one thread. */
public final class FrameChecksum {

    private final CRC32C crc = new CRC32C();

    /** The checksum of the bytes before the position; position and limit are unchanged afterwards. */
    public long computeChecksum(ByteBuffer frame) {
        int end = frame.position();
        int limit = frame.limit();
        crc.reset();
        crc.update(frame.flip());
        frame.limit(limit).position(end);
        return crc.getValue();
    }
}
