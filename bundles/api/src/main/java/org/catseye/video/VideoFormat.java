package org.catseye.video;

import java.util.Objects;

/**
 * Coding and picture size of a frame.
 *
 * @param codec how the bytes are coded
 * @param width pixels, 1 to 65535 (the wire header has 16 bits)
 * @param height pixels, 1 to 65535
 */
public record VideoFormat(Codec codec, int width, int height) {

    /** @throws IllegalArgumentException if a size is outside 1 to 65535 */
    public VideoFormat {
        Objects.requireNonNull(codec, "codec");
        if (width < 1 || width > 0xffff || height < 1 || height > 0xffff) {
            throw new IllegalArgumentException("picture size " + width + "x" + height + " is outside 1..65535");
        }
    }
}
