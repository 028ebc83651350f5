package org.catseye.web.socket.video;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.catseye.video.PictureQuality;

/** What a viewer asks for, as the protocol names it. */
public enum QualityChoice {
    /** The quality that the line can take. */
    AUTO(Optional.empty()),
    SHARP(Optional.of(PictureQuality.SHARP)),
    BALANCED(Optional.of(PictureQuality.BALANCED)),
    SLOW(Optional.of(PictureQuality.SLOW));

    private final Optional<PictureQuality> fixed;

    QualityChoice(Optional<PictureQuality> fixed) {
        this.fixed = fixed;
    }

    /** Empty for {@link #AUTO}. */
    Optional<PictureQuality> fixed() {
        return fixed;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return empty for an unknown name */
    static Optional<QualityChoice> ofWireName(String name) {
        return Arrays.stream(values()).filter(one -> one.wireName().equals(name)).findFirst();
    }
}
