package org.catseye.video;

import java.util.Objects;

/**
 * The encoding and picture size of a frame.
 *
 * @param codec the encoding
 * @param width width in pixels, 1 to 65535 (16 bits in the wire header)
 * @param height height in pixels, 1 to 65535
 */
public record VideoFormat(Codec codec, int width, int height) {

    /** @throws IllegalArgumentException if the width or height is outside 1 to 65535 */
    public VideoFormat {
        Objects.requireNonNull(codec, "codec");
        if (width < 1 || width > 0xffff || height < 1 || height > 0xffff) {
            throw new IllegalArgumentException("picture size " + width + "x" + height + " is outside 1..65535");
        }
    }
}
