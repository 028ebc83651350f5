package org.catseye.video;

import java.util.List;
import java.util.Objects;

/**
 * Totals of a target's video since its hub was created.
 *
 * @param bytes of the frames from the device, including placeholder pictures; {@link VideoState#frames()} is their number
 * @param deliveredFrames frames that viewers took, from the device or from an encoder
 * @param deliveredBytes of these frames. A viewer that gets only changed strips may get less
 * @param skippedFrames frames that a viewer did not take because a newer one came first
 * @param encoders that were in use
 */
public record VideoStatistics(long bytes, long deliveredFrames, long deliveredBytes, long skippedFrames, List<EncoderTotals> encoders) {

    /** Nothing was counted. */
    public static final VideoStatistics NONE = new VideoStatistics(0, 0, 0, 0, List.of());

    public VideoStatistics {
        encoders = List.copyOf(encoders);
    }

    /**
     * Totals of one encoder.
     *
     * @param quality of its frames; SHARP for JPEGs of an H.264 picture
     * @param codec of its frames
     * @param encoder its name for display; empty if it has none
     * @param viewers current viewers of its frames
     * @param frames published
     * @param bytes of these frames
     * @param processorNanos processor time, as far as the encoder reports it
     */
    public record EncoderTotals(PictureQuality quality, Codec codec, String encoder, int viewers, long frames, long bytes, long processorNanos) {

        public EncoderTotals {
            Objects.requireNonNull(quality, "quality");
            Objects.requireNonNull(codec, "codec");
            Objects.requireNonNull(encoder, "encoder");
        }
    }
}
