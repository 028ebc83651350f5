package org.catseye.web.socket.hls;

import java.util.concurrent.TimeUnit;
import org.catseye.video.PictureQuality;
import org.catseye.web.socket.viewer.StreamQuality;

/**
 * The lengths of a playlist, in nanoseconds.
 *
 * @param part upper limit of a part. After half of it without a picture, a key frame is requested
 * @param segment after which a key frame is requested, for the next segment
 * @param target upper limit of a segment
 */
record Timing(long part, long segment, long target) {

    private static final Timing USUAL = new Timing(TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(4));
    /** On a slow line, a key frame takes about a second, also from the other viewers of this quality. */
    private static final Timing FOR_SLOW_LINES = new Timing(TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(6), TimeUnit.SECONDS.toNanos(8));
    private static final int TARGETS_BEFORE_TIMEOUT = 3;

    static Timing of(StreamQuality quality) {
        return quality.wanted().filter(PictureQuality.SLOW::equals).isPresent() ? FOR_SLOW_LINES : USUAL;
    }

    /** A key frame earlier in a segment does not end it: a device may send several in a second. */
    long minSegment() {
        return segment * 3 / 4;
    }

    /** After so long without a request nobody fetches the playlist any more; and no request waits longer. */
    long timeout() {
        return TARGETS_BEFORE_TIMEOUT * target;
    }
}
