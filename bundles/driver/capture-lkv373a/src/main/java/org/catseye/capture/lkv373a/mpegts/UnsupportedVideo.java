package org.catseye.capture.lkv373a.mpegts;

/** Video in a transport stream that Catseye cannot show (stream types of ISO/IEC 13818-1, table 2-34). */
public enum UnsupportedVideo {
    /** The tables list no such video. */
    NONE,
    H265,
    /** MPEG-1, MPEG-2 or MPEG-4 Part 2. */
    OTHER;

    static UnsupportedVideo forStreamType(int streamType) {
        return switch (streamType) {
            case 0x24 -> H265;
            case 0x01, 0x02, 0x10 -> OTHER;
            default -> NONE;
        };
    }
}
