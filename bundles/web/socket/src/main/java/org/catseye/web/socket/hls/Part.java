package org.catseye.web.socket.hls;

/**
 * A part of a segment.
 *
 * @param content one fragment of MP4
 * @param ticks its length, at 90 kHz
 * @param independent whether it begins with a key frame
 */
record Part(Content content, long ticks, boolean independent) {
}
