package org.catseye.jpeg.source;

import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;

/** The size of a picture for a slow line. */
public final class FittedSize {

    private FittedSize() {
    }

    /**
     * The size for a picture of at most this width, in its own shape. Both sides are even: a pixel of colour may cover two by two.
     *
     * @param codec of the result
     */
    public static VideoFormat fitWidth(VideoFormat picture, int width, Codec codec) {
        int fitted = Math.max(2, Math.min(picture.width(), width) & ~1);
        double height = (double) picture.height() * fitted / picture.width();
        return new VideoFormat(codec, fitted, Math.max(2, (int) Math.round(height / 2) * 2));
    }
}
