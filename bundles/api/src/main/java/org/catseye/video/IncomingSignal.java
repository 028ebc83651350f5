package org.catseye.video;

import java.util.Objects;
import java.util.Optional;

/**
 * The signal that the target sends to the capture device, as reported by the device. The captured picture may have a lower
 * resolution or frame rate.
 *
 * @param picture the timing of the picture; empty if unknown
 * @param sound the encoding of the sound, for information only, because sound is not passed on yet; empty if there is none or it
 *     is unknown
 */
public record IncomingSignal(Optional<Timing> picture, Optional<SoundCodec> sound) {

    /** Neither picture nor sound is known. */
    public static final IncomingSignal UNKNOWN = new IncomingSignal(Optional.empty(), Optional.empty());

    public IncomingSignal {
        Objects.requireNonNull(picture, "picture");
        Objects.requireNonNull(sound, "sound");
    }

    /** A signal whose sound is unknown. */
    public static IncomingSignal ofPicture(Optional<Timing> picture) {
        return new IncomingSignal(picture, Optional.empty());
    }

    /** A signal whose picture is unknown. */
    public static IncomingSignal ofSound(Optional<SoundCodec> sound) {
        return new IncomingSignal(Optional.empty(), sound);
    }

    /**
     * The timing of the incoming picture.
     *
     * @param width pixels per line
     * @param height lines per frame
     * @param fps frames (not fields) per second; 0 if unknown
     * @param interlaced whether each frame consists of two fields
     */
    public record Timing(int width, int height, double fps, boolean interlaced) {

        /** Text for display, such as "1920x1080p at 59.94/s". */
        public String description() {
            double rounded = Math.round(fps * 100) / 100.0;
            String rate = rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
            return width + "x" + height + (interlaced ? "i" : "p") + (fps == 0 ? "" : " at " + rate + "/s");
        }
    }
}
