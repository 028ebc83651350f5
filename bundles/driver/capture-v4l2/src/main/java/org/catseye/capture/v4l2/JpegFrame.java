package org.catseye.capture.v4l2;

import java.nio.ByteBuffer;

/**
 * What has to be known of an MJPEG frame before it is passed on, read off its markers without decoding; made once and used for
 * frame after frame. The rules for the end are uStreamer's (src/libs/capture.c): a frame ends in EOI, or in EOI and padding;
 * anything else was cut off on the way.
 */
final class JpegFrame {

    /** Frames smaller than this cannot be pictures (uStreamer's --min-frame-size). */
    static final int SMALLEST = 128;

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;

    private ByteBuffer data;
    private int length;
    private int width;
    private int height;
    private int scan;
    private boolean huffman;

    /**
     * Looks at a frame.
     *
     * @param bytes the frame begins at index 0; position and limit are not used or changed
     * @param used bytes that were delivered, padding included
     * @return whether it is a whole picture; if not, {@link #defect()} says why
     */
    boolean read(ByteBuffer bytes, int used) {
        data = bytes;
        length = used;
        width = 0;
        height = 0;
        scan = 0;
        huffman = false;
        if (used < SMALLEST || at(0) != 0xff || at(1) != SOI) {
            length = 0;
            return false;
        }
        return trim() && segments();
    }

    /** Why the last {@link #read} was false. */
    String defect() {
        if (length == 0) {
            return "it is too short or does not begin as a JPEG";
        }
        return length < 0 ? "its end is missing" : "its head is damaged";
    }

    /** Bytes from SOI to EOI, without padding. */
    int length() {
        return length;
    }

    /** Pixels, from the frame header. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Whether it carries its Huffman tables; UVC lets devices leave them out. */
    boolean hasHuffmanTables() {
        return huffman;
    }

    /** Where the entropy-coded data begins. */
    int scan() {
        return scan;
    }

    private boolean trim() {
        int end = length;
        while (end > SMALLEST && at(end - 1) == 0) {
            end--;
        }
        // EOI followed by one zero byte or more, or the very end.
        boolean whole = at(end - 2) == 0xff && at(end - 1) == EOI;
        length = whole ? end : -1;
        return whole;
    }

    private boolean segments() {
        int position = 2;
        while (position + 4 <= length) {
            if (at(position) != 0xff) {
                return false;
            }
            int marker = at(position + 1);
            if (marker == 0xff) {
                position++;
                continue;
            }
            int size = at(position + 2) << 8 | at(position + 3);
            if (size < 2 || position + 2 + size > length) {
                return false;
            }
            if (marker == SOS) {
                scan = position + 2 + size;
                return width > 0 && height > 0;
            }
            segment(marker, position + 4, size - 2);
            position += 2 + size;
        }
        return false;
    }

    private void segment(int marker, int body, int size) {
        if (marker == DHT) {
            huffman = true;
        } else if (marker >= 0xc0 && marker <= 0xcf && marker != JPG && marker != DAC && size >= 6) {
            height = at(body + 1) << 8 | at(body + 2);
            width = at(body + 3) << 8 | at(body + 4);
        }
    }

    private int at(int index) {
        return data.get(index) & 0xff;
    }
}
