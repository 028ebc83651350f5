package org.catseye.core.video.capture;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.VideoFormat;

/** Examines what a driver publishes, as far as that costs nothing: no viewer can show what does not even begin like a picture. */
final class FrameCheck {

    /** No capture device has more; a decoder would need gigabytes. */
    static final int MAX_SIDE = 16_384;

    private static final byte JPEG_MARKER = (byte) 0xff;
    private static final byte JPEG_START = (byte) 0xd8;

    private FrameCheck() {
    }

    /** @param bytes the frame from 0 to the position. @return what is wrong, as a sentence for the user; empty if nothing is */
    static Optional<String> findFault(ByteBuffer bytes, VideoFormat format) {
        if (format.width() > MAX_SIDE || format.height() > MAX_SIDE) {
            return Optional.of("The capture device reports a picture of " + format.width() + " x " + format.height() + " pixels. More than "
                + MAX_SIDE + " in a row are not supported.");
        }
        boolean valid = switch (format.codec()) {
            case JPEG -> bytes.position() > 2 && bytes.get(0) == JPEG_MARKER && bytes.get(1) == JPEG_START;
            case H264 -> bytes.position() > 4 && bytes.get(0) == 0 && bytes.get(1) == 0 && (bytes.get(2) == 1 || bytes.get(2) == 0 && bytes.get(3) == 1);
            // Only viewers read it.
            case DRAWING -> true;
        };
        return valid ? Optional.empty() : Optional.of("The capture device delivers data that is no " + format.codec()
            + " picture. Unplug it and plug it in again; if that does not help, this is not the right driver for it.");
    }
}
