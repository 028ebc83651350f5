package org.catseye.capture.lkv373a;

/** The sound in a transport stream, by its stream_type (ISO/IEC 13818-1, table 2-34; 0x81: ATSC A/52). */
enum Sound {
    NONE("none"),
    MPEG("MPEG layer II"),
    AAC("AAC"),
    AC3("AC-3");

    private final String words;

    Sound(String words) {
        this.words = words;
    }

    static Sound of(int streamType) {
        return switch (streamType) {
            case 0x03, 0x04 -> MPEG;
            case 0x0f, 0x11 -> AAC;
            case 0x81 -> AC3;
            default -> NONE;
        };
    }

    String words() {
        return words;
    }
}
