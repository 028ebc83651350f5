package org.catseye.core.video.hub;

import java.util.Optional;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;

/**
 * What a hub currently shows; immutable.
 *
 * @param stale whether the live picture stands still
 * @param format of the live picture; empty unless LIVE
 */
record PictureState(Condition condition, String reason, boolean stale, Optional<VideoFormat> format) {

    /** There is no live picture. */
    static PictureState withoutPicture(Condition condition, String reason) {
        return new PictureState(condition, reason, false, Optional.empty());
    }

    static PictureState live(VideoFormat format, String reason) {
        return new PictureState(Condition.LIVE, reason, false, Optional.of(format));
    }

    boolean isLive() {
        return condition == Condition.LIVE;
    }

    /** Whether the picture moves in this format. Allocates nothing: it is asked for each frame. */
    boolean isMoving(VideoFormat in) {
        return isLive() && !stale && format.get().equals(in);
    }

    /** The same picture, standing still. */
    PictureState toStale(String why) {
        return new PictureState(condition, why, true, format);
    }

    boolean hasReason(Condition other, String otherReason) {
        return condition == other && reason.equals(otherReason);
    }
}
