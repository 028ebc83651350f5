package org.catseye.web.socket.mp4;

import java.nio.ByteBuffer;

/**
 * One access unit as MP4 stores it: each unit follows its length in four bytes. Units that are in the header, and the delimiter, are omitted
 * (ISO/IEC 14496-15, 5.3.2 and 5.4.2). A copy, which depends on no buffer.
 *
 * @param bytes not to be changed
 * @param keyFrame whether a decoder can start with it
 */
public record Sample(byte[] bytes, boolean keyFrame) {

    private static final int LENGTH_BYTES = 4;

    /** @param unit in Annex B format; its position stays */
    public static Sample ofUnit(ByteBuffer unit, boolean keyFrame) {
        int size = 0;
        NalUnits units = new NalUnits(unit);
        while (units.moveToNext()) {
            size += isKept(units) ? LENGTH_BYTES + units.length() : 0;
        }
        byte[] bytes = new byte[size];
        ByteBuffer lengths = ByteBuffer.wrap(bytes);
        units = new NalUnits(unit);
        int at = 0;
        while (units.moveToNext()) {
            if (isKept(units)) {
                lengths.putInt(at, units.length());
                units.copyUnit(bytes, at + LENGTH_BYTES);
                at += LENGTH_BYTES + units.length();
            }
        }
        return new Sample(bytes, keyFrame);
    }

    private static boolean isKept(NalUnits units) {
        return switch (units.type()) {
            case NalUnits.SPS, NalUnits.PPS, NalUnits.DELIMITER -> false;
            default -> true;
        };
    }
}
