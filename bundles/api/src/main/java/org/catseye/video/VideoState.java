package org.catseye.video;

import java.util.Objects;
import java.util.Optional;

/**
 * What a hub shows, and why.
 *
 * @param condition the state as the page and the API name it
 * @param reason one sentence for the user: what the condition is and, unless LIVE, what to do about it
 * @param stale whether the live picture stands still for a moment, because something was lost on the way; the reason says why. Only when
 *     LIVE
 * @param format of the live picture; empty when there is none
 * @param fps frames per second over the last second or so; 0 when the picture stands still
 * @param viewers how many subscriptions there are
 * @param frames published since the hub started, placeholder pictures included
 * @param lost frames that the device reported lost or that found no free buffer
 * @param incoming what the remote computer sends according to the device, while the picture is live
 */
public record VideoState(Condition condition, String reason, boolean stale, Optional<VideoFormat> format, double fps, int viewers, long frames,
        long lost, IncomingSignal incoming) {

    public VideoState {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(incoming, "incoming");
        if (stale && condition != Condition.LIVE) {
            throw new IllegalArgumentException("a picture that is " + condition + " cannot be stale");
        }
    }

    /** Not stale, and nothing is known about what the remote computer sends. */
    public VideoState(Condition condition, String reason, Optional<VideoFormat> format, double fps, int viewers, long frames, long lost) {
        this(condition, reason, false, format, fps, viewers, frames, lost, IncomingSignal.UNKNOWN);
    }

    /** The conditions of a target's video. For a person: is there a picture, and if not, what is missing. */
    public enum Condition {
        /** No capture device serves the target, or it is gone. */
        NO_DEVICE,
        /** There is a device, and its configuration has a value that cannot be used; the reason names it. It stays so until that is right. */
        MISCONFIGURED,
        /** There is a device and it is being opened, or opened again. */
        CONNECTING,
        /** The device works and says that nothing is connected to it, or that it does not understand the signal. */
        NO_SIGNAL,
        /** Pictures of the target. */
        LIVE;

        /** The nearest of the four that every client of the web interface knows: a wrong configuration is a device that does not open. */
        public Condition toPublicCondition() {
            return this == MISCONFIGURED ? CONNECTING : this;
        }
    }
}
