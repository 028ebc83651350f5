package org.catseye.video;

import java.util.Objects;
import java.util.Optional;

/**
 * The state of a target's video.
 *
 * @param condition the state as the page and the API name it
 * @param reason one sentence for the user that describes the condition and, unless it is LIVE, the remedy
 * @param stale whether the live picture is temporarily frozen because data was lost in transit; the reason has the details. Only
 *     possible when LIVE
 * @param format the format of the live picture; empty if there is none
 * @param fps frames per second over about the last second; 0 when the picture is frozen
 * @param viewers the number of subscriptions
 * @param frames frames published since the hub started, including placeholder pictures
 * @param lost frames that the device reported as lost or for which no buffer was free
 * @param incoming the signal that the remote computer sends, as reported by the device; known only while the picture is live
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

    /** Creates a state that is not stale and whose incoming signal is unknown. */
    public VideoState(Condition condition, String reason, Optional<VideoFormat> format, double fps, int viewers, long frames, long lost) {
        this(condition, reason, false, format, fps, viewers, frames, lost, IncomingSignal.UNKNOWN);
    }

    /** Whether a target has a picture and, if not, what is missing. */
    public enum Condition {
        /** No capture device serves the target, or the device was disconnected. */
        NO_DEVICE,
        /**
         * A device is present, but its configuration contains an invalid value, which the reason names. This state lasts until
         * the value is corrected.
         */
        MISCONFIGURED,
        /** A device is present and is being opened or reopened. */
        CONNECTING,
        /** The device works but reports that nothing is connected to it or that it does not support the signal. */
        NO_SIGNAL,
        /** The target's picture is live. */
        LIVE;

        /**
         * The closest of the four conditions that every client of the web interface supports. MISCONFIGURED becomes CONNECTING,
         * because a device with an invalid configuration cannot be opened.
         */
        public Condition toPublicCondition() {
            return this == MISCONFIGURED ? CONNECTING : this;
        }
    }
}
