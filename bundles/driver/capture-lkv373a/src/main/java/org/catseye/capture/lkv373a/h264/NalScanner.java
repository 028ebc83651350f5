package org.catseye.capture.lkv373a.h264;

import java.nio.ByteBuffer;

/**
 * Finds the NAL units of one access unit in an Annex B byte stream, and where a second access unit begins. {@link #scanUnits} fills it;
 * it can be reused. For one thread; creates no garbage.
 */
final class NalScanner {

    private static final int TYPE_SLICE = 1;
    private static final int TYPE_IDR_SLICE = 5;
    private static final int TYPE_SEI = 6;
    private static final int TYPE_SEQUENCE_PARAMETERS = 7;
    private static final int TYPE_PICTURE_PARAMETERS = 8;
    private static final int TYPE_DELIMITER = 9;
    private static final int START_CODE_BYTES = 3;

    private boolean pictureFound;
    private boolean keyFrame;
    private int sequenceStart;
    private int sequenceEnd;
    private int pictureStart;
    private int pictureEnd;
    private int nextUnitOffset;

    /** Scans the bytes between {@code from} and {@code to}, up to the second access unit if there is one. */
    void scanUnits(ByteBuffer bytes, int from, int to) {
        pictureFound = false;
        keyFrame = false;
        sequenceStart = -1;
        pictureStart = -1;
        nextUnitOffset = to;
        int code = findStartCode(bytes, from, to);
        while (code < to - START_CODE_BYTES) {
            int following = findStartCode(bytes, code + START_CODE_BYTES, to);
            int end = following;
            while (end > code + START_CODE_BYTES && bytes.get(end - 1) == 0) {
                // The zero before a four-byte start code and trailing zeros belong to no unit.
                end--;
            }
            if (beginsNextUnit(bytes, code + START_CODE_BYTES, end)) {
                nextUnitOffset = code > from && bytes.get(code - 1) == 0 ? code - 1 : code;
                return;
            }
            code = following;
        }
    }

    /**
     * Records one NAL unit.
     *
     * @return whether it begins the second access unit (ITU-T H.264, 7.4.1.2.3, for streams without reordered slices)
     */
    private boolean beginsNextUnit(ByteBuffer bytes, int from, int end) {
        int type = bytes.get(from) & 0x1f;
        switch (type) {
            case TYPE_SLICE, TYPE_IDR_SLICE -> {
                boolean firstSlice = from + 1 < end && bytes.get(from + 1) < 0;
                if (pictureFound && firstSlice) {
                    return true;
                }
                pictureFound = true;
                keyFrame |= type == TYPE_IDR_SLICE;
            }
            case TYPE_SEQUENCE_PARAMETERS, TYPE_PICTURE_PARAMETERS, TYPE_SEI, TYPE_DELIMITER -> {
                if (pictureFound) {
                    return true;
                }
                recordParameters(type, from, end);
            }
            default -> {
            }
        }
        return false;
    }

    private void recordParameters(int type, int from, int end) {
        if (type == TYPE_SEQUENCE_PARAMETERS) {
            sequenceStart = from;
            sequenceEnd = end;
        } else if (type == TYPE_PICTURE_PARAMETERS) {
            pictureStart = pictureStart < 0 ? from : pictureStart;
            pictureEnd = end;
        }
    }

    /** The index of the first 00 00 01, or {@code to}. */
    private static int findStartCode(ByteBuffer bytes, int from, int to) {
        int at = from + 2;
        while (at < to) {
            int third = bytes.get(at);
            if (third > 1 || third < 0) {
                at += 3;
            } else if (third == 0) {
                at++;
            } else if (bytes.get(at - 1) == 0 && bytes.get(at - 2) == 0) {
                return at - 2;
            } else {
                at += 3;
            }
        }
        return to;
    }

    /** Whether there is any slice. */
    boolean hasPicture() {
        return pictureFound;
    }

    /** Whether a decoder can begin here, if it has the parameter sets. */
    boolean isKeyFrame() {
        return keyFrame;
    }

    boolean hasSequenceParameters() {
        return sequenceStart >= 0;
    }

    boolean hasPictureParameters() {
        return pictureStart >= 0;
    }

    /** The last sequence parameter set, from its header on. */
    ByteBuffer sequenceParameters(ByteBuffer bytes) {
        return bytes.duplicate().limit(sequenceEnd).position(sequenceStart);
    }

    /** The picture parameter sets, including the start codes between them. */
    ByteBuffer pictureParameters(ByteBuffer bytes) {
        return bytes.duplicate().limit(pictureEnd).position(pictureStart);
    }

    /** Where the second access unit begins; the end of the scanned bytes if there is none. */
    int nextUnitOffset() {
        return nextUnitOffset;
    }
}
