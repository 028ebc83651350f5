package org.catseye.video;

/** How sound is coded that comes with a picture. */
public enum SoundCodec {
    /** MPEG-1 or MPEG-2 audio, mostly layer II (ISO/IEC 11172-3, 13818-3). */
    MPEG_AUDIO("MPEG layer II"),
    /** AAC, in ADTS or LATM. */
    AAC("AAC"),
    /** Dolby Digital (ATSC A/52). */
    AC3("AC-3");

    private final String words;

    SoundCodec(String words) {
        this.words = words;
    }

    /** Its name for people. */
    public String displayName() {
        return words;
    }
}
