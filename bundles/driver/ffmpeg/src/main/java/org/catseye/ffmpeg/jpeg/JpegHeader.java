package org.catseye.ffmpeg.jpeg;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;

/** Reads the size of a JPEG from its frame header (ITU-T T.81, B.2.2). */
final class JpegHeader {

    private static final int START_OF_IMAGE = 0xffd8;
    private static final int END_OF_IMAGE = 0xffd9;
    private static final int FIRST_START_OF_FRAME = 0xffc0;
    private static final int LAST_START_OF_FRAME = 0xffc2;
    private static final int LAST_INVALID_MARKER = 0xff00;

    private JpegHeader() {
    }

    /**
     * @param bytes the JPEG, from index 0
     * @param length bytes of the JPEG
     * @param previous the format of the previous JPEG, returned again if it is equal, to avoid garbage; may be null
     * @return empty if this is not a complete JPEG
     */
    static Optional<VideoFormat> parseFormat(ByteBuffer bytes, int length, VideoFormat previous) {
        if (length < 4 || readUnsigned(bytes, 0) != START_OF_IMAGE || readUnsigned(bytes, length - 2) != END_OF_IMAGE) {
            return Optional.empty();
        }
        for (int at = 2; at + 9 < length; at += 2 + readUnsigned(bytes, at + 2)) {
            int marker = readUnsigned(bytes, at);
            if (marker >= FIRST_START_OF_FRAME && marker <= LAST_START_OF_FRAME) {
                return createFormat(readUnsigned(bytes, at + 7), readUnsigned(bytes, at + 5), previous);
            }
            if (marker <= LAST_INVALID_MARKER) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<VideoFormat> createFormat(int width, int height, VideoFormat previous) {
        if (width == 0 || height == 0) {
            return Optional.empty();
        }
        boolean same = previous != null && previous.width() == width && previous.height() == height;
        return Optional.of(same ? previous : new VideoFormat(Codec.JPEG, width, height));
    }

    private static int readUnsigned(ByteBuffer bytes, int index) {
        return bytes.getShort(index) & 0xffff;
    }
}
