package org.catseye.core.video.placeholder;

import org.catseye.video.VideoFormat;

/**
 * A finished placeholder.
 *
 * @param jpeg the whole JPEG; shared, so nobody changes it
 */
public record PlaceholderPicture(VideoFormat format, byte[] jpeg) {
}
