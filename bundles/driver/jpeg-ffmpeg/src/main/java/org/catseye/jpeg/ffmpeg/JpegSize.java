package org.catseye.jpeg.ffmpeg;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.VideoFormat;

/** Reads a JPEG's size from its frame header (ITU-T T.81, B.2.2). */
final class JpegSize {

    private static final int SOI = 0xffd8;
    private static final int EOI = 0xffd9;

    private JpegSize() {
    }

    /**
     * @param end how many bytes the JPEG has
     * @param before the format of the one before, given back if it is the same; may be null
     * @return empty if it is no whole JPEG
     */
    static Optional<VideoFormat> of(ByteBuffer bytes, int end, VideoFormat before) {
        if (end < 4 || (bytes.getShort(0) & 0xffff) != SOI || (bytes.getShort(end - 2) & 0xffff) != EOI) {
            return Optional.empty();
        }
        for (int at = 2; at + 9 < end; at += 2 + (bytes.getShort(at + 2) & 0xffff)) {
            int marker = bytes.getShort(at) & 0xffff;
            if (marker >= 0xffc0 && marker <= 0xffc2) {
                int height = bytes.getShort(at + 5) & 0xffff;
                int width = bytes.getShort(at + 7) & 0xffff;
                boolean same = before != null && before.width() == width && before.height() == height;
                return width == 0 || height == 0 ? Optional.empty() : Optional.of(same ? before : Transcoder.format(width, height));
            }
            if (marker <= 0xff00) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
