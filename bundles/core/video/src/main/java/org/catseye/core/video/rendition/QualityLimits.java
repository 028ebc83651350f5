package org.catseye.core.video.rendition;

import org.catseye.video.PictureQuality;
import org.catseye.video.spi.EncoderSettings;

/** The limits of each quality, as {@link PictureQuality} describes them. */
final class QualityLimits {

    /** Enough for a line of 4 Mbit/s, whatever moves. */
    private static final EncoderSettings BALANCED = new EncoderSettings(2_500, 25, 1920, 500);
    /** Fits a line of 60 kB/s with room for keys and acknowledgements. */
    private static final EncoderSettings SLOW = new EncoderSettings(400, 12, 1280, 240);

    private QualityLimits() {
    }

    static EncoderSettings limitsOf(PictureQuality quality) {
        return switch (quality) {
            case BALANCED -> BALANCED;
            case SLOW -> SLOW;
            case SHARP -> throw new IllegalArgumentException("a sharp picture is not encoded");
        };
    }
}
