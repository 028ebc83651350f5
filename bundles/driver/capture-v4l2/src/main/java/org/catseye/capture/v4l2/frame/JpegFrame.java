package org.catseye.capture.v4l2.frame;

import java.nio.ByteBuffer;

/**
 * Reads from an MJPEG frame's markers what is needed to pass it on, without decoding it. Create one and use it for every frame. The
 * rules for the end are those of uStreamer (src/libs/capture.c): a frame ends in EOI, or in EOI and padding; any other frame was cut
 * off in transfer. For one thread.
 */
public final class JpegFrame {

    /** Smaller frames cannot be pictures (uStreamer's --min-frame-size). */
    static final int MIN_BYTES = 128;

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;

    /** What is wrong with a frame. */
    enum Defect {
        NONE("they are complete"),
        NO_JPEG("they are too short or do not begin as a JPEG"),
        CUT_OFF("their end is missing"),
        DAMAGED_HEADER("their header is damaged");

        private final String description;

        Defect(String description) {
            this.description = description;
        }

        /** For a sentence about several frames. */
        String description() {
            return description;
        }
    }

    private ByteBuffer data;
    private Defect defect = Defect.NONE;
    private int length;
    private int width;
    private int height;
    private int scanOffset;
    private boolean huffmanTables;

    /**
     * Parses a frame.
     *
     * @param bytes the frame begins at index 0; position and limit are neither used nor changed
     * @param used bytes that were delivered, including padding
     * @return whether it is a complete picture; if not, {@link #defect()} gives the reason
     */
    public boolean parseFrame(ByteBuffer bytes, int used) {
        data = bytes;
        length = used;
        width = 0;
        height = 0;
        scanOffset = 0;
        huffmanTables = false;
        if (used < MIN_BYTES || byteAt(0) != 0xff || byteAt(1) != SOI) {
            defect = Defect.NO_JPEG;
        } else if (!trimPadding()) {
            defect = Defect.CUT_OFF;
        } else {
            defect = parseSegments() ? Defect.NONE : Defect.DAMAGED_HEADER;
        }
        return defect == Defect.NONE;
    }

    /** The result of the last {@link #parseFrame}. */
    Defect defect() {
        return defect;
    }

    /** Bytes from SOI to EOI, without padding. */
    int length() {
        return length;
    }

    /** Pixels, from the frame header. */
    int width() {
        return width;
    }

    /** Pixels, from the frame header. */
    int height() {
        return height;
    }

    /** Whether the frame contains its Huffman tables; UVC lets devices leave them out. */
    boolean hasHuffmanTables() {
        return huffmanTables;
    }

    /** Where the entropy-coded data begins. */
    public int scanOffset() {
        return scanOffset;
    }

    private boolean trimPadding() {
        int end = length;
        while (end > MIN_BYTES && byteAt(end - 1) == 0) {
            end--;
        }
        length = end;
        return byteAt(end - 2) == 0xff && byteAt(end - 1) == EOI;
    }

    private boolean parseSegments() {
        int position = 2;
        while (position + 4 <= length) {
            if (byteAt(position) != 0xff) {
                return false;
            }
            int marker = byteAt(position + 1);
            if (marker == 0xff) {
                position++;
                continue;
            }
            int size = byteAt(position + 2) << 8 | byteAt(position + 3);
            if (size < 2 || position + 2 + size > length) {
                return false;
            }
            if (marker == SOS) {
                scanOffset = position + 2 + size;
                return width > 0 && height > 0;
            }
            parseSegment(marker, position + 4, size - 2);
            position += 2 + size;
        }
        return false;
    }

    private void parseSegment(int marker, int body, int size) {
        if (marker == DHT) {
            huffmanTables = true;
        } else if (marker >= 0xc0 && marker <= 0xcf && marker != JPG && marker != DAC && size >= 6) {
            height = byteAt(body + 1) << 8 | byteAt(body + 2);
            width = byteAt(body + 3) << 8 | byteAt(body + 4);
        }
    }

    private int byteAt(int index) {
        return data.get(index) & 0xff;
    }
}
