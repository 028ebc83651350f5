package org.catseye.video;

/** How much of the line a viewer's picture may take. Below {@link #SHARP}, a {@link org.catseye.video.spi.VideoEncoder} makes the picture. */
public enum PictureQuality {
    /** The picture as it comes from the device, unchanged. */
    SHARP,
    /** For ordinary lines: at most 2,500 kbit/s, 25 frames per second and 1920 pixels in width. */
    BALANCED,
    /** For slow lines: at most 400 kbit/s, 12 frames per second and 1280 pixels in width. A still picture becomes sharp within seconds. */
    SLOW
}
