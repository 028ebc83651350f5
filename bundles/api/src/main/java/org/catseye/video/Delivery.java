package org.catseye.video;

import java.util.Objects;

/**
 * What a viewer gets at the moment.
 *
 * @param quality of the frames that it gets now
 * @param encoder what encodes them, for display, such as "ffmpeg (libx264)"; empty for frames from the device
 * @param reason one sentence for the user why this is not the quality that the viewer asked for; empty if it is
 */
public record Delivery(PictureQuality quality, String encoder, String reason) {

    /** Frames from the device, as asked for. */
    public static final Delivery UNCHANGED = new Delivery(PictureQuality.SHARP, "", "");

    public Delivery {
        Objects.requireNonNull(quality, "quality");
        Objects.requireNonNull(encoder, "encoder");
        Objects.requireNonNull(reason, "reason");
    }
}
