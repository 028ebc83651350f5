package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;

/** What is in an Annex B byte stream of one access unit, or several: filled by {@link #scan}, used again. One thread, no garbage. */
final class Nals {

    private static final int SLICE = 1;
    private static final int IDR = 5;
    private static final int SEI = 6;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int DELIMITER = 9;

    private boolean picture;
    private boolean idr;
    private int sps;
    private int spsEnd;
    private int pps;
    private int ppsEnd;
    private int next;

    /** Looks at the bytes from {@code from} to {@code to}, up to the second access unit if there is one. */
    void scan(ByteBuffer bytes, int from, int to) {
        picture = false;
        idr = false;
        sps = -1;
        pps = -1;
        next = to;
        int code = startCode(bytes, from, to);
        while (code < to - 3) {
            int following = startCode(bytes, code + 3, to);
            int end = following;
            while (end > code + 3 && bytes.get(end - 1) == 0) {
                // The zero before a four-byte start code, and what fills up, belong to no unit.
                end--;
            }
            if (unit(bytes, code + 3, end)) {
                next = code > from && bytes.get(code - 1) == 0 ? code - 1 : code;
                return;
            }
            code = following;
        }
    }

    /** Notes a unit; true if it begins the second access unit (7.4.1.2.3, as far as streams without reordered slices need it). */
    private boolean unit(ByteBuffer bytes, int from, int end) {
        int type = bytes.get(from) & 0x1f;
        switch (type) {
            case SLICE, IDR -> {
                boolean first = from + 1 < end && bytes.get(from + 1) < 0;
                if (picture && first) {
                    return true;
                }
                picture = true;
                idr |= type == IDR;
            }
            case SPS, PPS, SEI, DELIMITER -> {
                if (picture) {
                    return true;
                }
                note(type, from, end);
            }
            default -> {
            }
        }
        return false;
    }

    private void note(int type, int from, int end) {
        if (type == SPS) {
            sps = from;
            spsEnd = end;
        } else if (type == PPS && pps < 0) {
            pps = from;
            ppsEnd = end;
        } else if (type == PPS) {
            ppsEnd = end;
        }
    }

    /** The index of the first 00 00 01, or {@code to}. */
    private static int startCode(ByteBuffer bytes, int from, int to) {
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

    /** Whether there is a slice at all. */
    boolean picture() {
        return picture;
    }

    /** Whether a decoder can begin here, given the parameter sets. */
    boolean idr() {
        return idr;
    }

    boolean hasParameters() {
        return sps >= 0 && pps >= 0;
    }

    /** The last sequence parameter set: bytes from its header on. */
    ByteBuffer sps(ByteBuffer bytes) {
        return bytes.duplicate().limit(spsEnd).position(sps);
    }

    /** The picture parameter sets, start codes between them included. */
    ByteBuffer pps(ByteBuffer bytes) {
        return bytes.duplicate().limit(ppsEnd).position(pps);
    }

    boolean hasSps() {
        return sps >= 0;
    }

    boolean hasPps() {
        return pps >= 0;
    }

    /** Where the second access unit begins; the end, if there is none. */
    int next() {
        return next;
    }
}
