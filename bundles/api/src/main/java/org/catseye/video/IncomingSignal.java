package org.catseye.video;

import java.util.Objects;
import java.util.Optional;

/**
 * What the target sends to the device, as far as the device knows; the picture that it makes of it may be smaller or slower.
 *
 * @param picture empty if it is not known
 * @param sound named only: it is passed on to nobody yet; empty if there is none or it is not known
 */
public record IncomingSignal(Optional<Timing> picture, Optional<SoundCodec> sound) {

    /** Nothing is known. */
    public static final IncomingSignal UNKNOWN = new IncomingSignal(Optional.empty(), Optional.empty());

    public IncomingSignal {
        Objects.requireNonNull(picture, "picture");
        Objects.requireNonNull(sound, "sound");
    }

    /** Only the picture is known, or not even that. */
    public static IncomingSignal ofPicture(Optional<Timing> picture) {
        return new IncomingSignal(picture, Optional.empty());
    }

    /** Only the sound is known, or not even that. */
    public static IncomingSignal ofSound(Optional<SoundCodec> sound) {
        return new IncomingSignal(Optional.empty(), sound);
    }

    /**
     * A picture on the wire.
     *
     * @param fps frames (not fields) per second, 0 if it is not known
     */
    public record Timing(int width, int height, double fps, boolean interlaced) {

        /** For people: 1920x1080p at 59.94/s. */
        public String description() {
            double rounded = Math.round(fps * 100) / 100.0;
            String rate = rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
            return width + "x" + height + (interlaced ? "i" : "p") + (fps == 0 ? "" : " at " + rate + "/s");
        }
    }
}
