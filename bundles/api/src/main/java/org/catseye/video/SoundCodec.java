package org.catseye.video;

/** The encoding of the sound that accompanies a picture. */
public enum SoundCodec {
    /** MPEG-1 or MPEG-2 audio, usually layer II (ISO/IEC 11172-3, 13818-3). */
    MPEG_AUDIO("MPEG layer II"),
    /** AAC, in ADTS or LATM. */
    AAC("AAC"),
    /** Dolby Digital (ATSC A/52). */
    AC3("AC-3");

    private final String words;

    SoundCodec(String words) {
        this.words = words;
    }

    /** The display name. */
    public String displayName() {
        return words;
    }
}
