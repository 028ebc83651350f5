package org.catseye.core.video.placeholder;

import org.catseye.video.VideoFormat;

/**
 * A finished placeholder.
 *
 * @param jpeg the whole JPEG; shared, so it must not be changed
 */
public record PlaceholderPicture(VideoFormat format, byte[] jpeg) {
}
