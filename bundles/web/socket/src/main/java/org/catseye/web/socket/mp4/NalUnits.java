package org.catseye.web.socket.mp4;

import java.nio.ByteBuffer;

/**
 * The units of an access unit in Annex B format, one after the other, without start codes and trailing zeros (ITU-T H.264, annex B). It
 * reads by index, so the buffer's position stays. Not thread-safe.
 */
final class NalUnits {

    /** Types of units (ITU-T H.264, table 7-1). */
    static final int SPS = 7;
    static final int PPS = 8;
    static final int DELIMITER = 9;
    private static final int TYPE_MASK = 0x1f;

    private final ByteBuffer bytes;
    private int next;
    private int begin;
    private int end;

    NalUnits(ByteBuffer bytes) {
        this.bytes = bytes;
        next = findStartCode(bytes.position());
    }

    /** Moves to the next unit. @return false if there is none */
    boolean moveToNext() {
        while (next < bytes.limit()) {
            begin = next + 3;
            next = findStartCode(begin);
            end = next;
            while (end > begin && bytes.get(end - 1) == 0) {
                end--;
            }
            if (end > begin) {
                return true;
            }
        }
        return false;
    }

    int type() {
        return bytes.get(begin) & TYPE_MASK;
    }

    int length() {
        return end - begin;
    }

    byte[] copyUnit() {
        byte[] unit = new byte[length()];
        bytes.get(begin, unit);
        return unit;
    }

    /** Copies the unit to {@code to}, beginning at {@code at}. */
    void copyUnit(byte[] to, int at) {
        bytes.get(begin, to, at, length());
    }

    /** The index of the next 0, 0, 1; the limit if there is none. */
    private int findStartCode(int from) {
        int at = from + 2;
        while (at < bytes.limit()) {
            int value = bytes.get(at);
            if (value < 0 || value > 1) {
                at += 3;
            } else if (value == 1 && bytes.get(at - 1) == 0 && bytes.get(at - 2) == 0) {
                return at - 2;
            } else {
                at++;
            }
        }
        return bytes.limit();
    }
}
