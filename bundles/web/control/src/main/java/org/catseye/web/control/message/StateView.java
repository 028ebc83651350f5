package org.catseye.web.control.message;

import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.hid.HidState;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoState;

/** The state of a target as one viewer sees it. */
public record StateView(String target, String label, Video video, HidState hid, String user, Set<Permission> permissions) {

    /**
     * The picture. Frame rate and viewers are in {@link Figures}, because they change all the time.
     *
     * @param stale whether a live picture is temporarily frozen; the reason says why
     * @param width pixels; 0 without a picture, as is {@code height}
     * @param codec empty without a picture
     * @param input the size and rate of the remote computer's signal; empty if they are unknown
     */
    public record Video(VideoState.Condition state, String reason, boolean stale, int width, int height, String codec, Optional<IncomingSignal.Timing> input) {

        /** No hub serves the target. */
        public static Video noDevice(String reason) {
            return new Video(VideoState.Condition.NO_DEVICE, reason, false, 0, 0, "", Optional.empty());
        }
    }

    /** Figures that change all the time. */
    public record Figures(double fps, int viewers) {

        public static final Figures NONE = new Figures(0, 0);
        private static final double STEPS_PER_FRAME = 10;
        /** The rate after a single frame within the second that is measured. */
        private static final double STILL_FPS = 1;

        /** No frames flow. Viewers are told at once, because they expect pictures otherwise. */
        public boolean isStill() {
            return fps <= STILL_FPS;
        }

        /** Whether the other figures hardly differ: the rate of most devices varies by a part of a frame all the time. */
        public boolean isNear(Figures other) {
            return viewers == other.viewers && Math.abs(fps - other.fps) < 1;
        }

        /** With the frame rate to a tenth; more digits are noise. */
        public static Figures fromState(VideoState state) {
            return new Figures(Math.round(state.fps() * STEPS_PER_FRAME) / STEPS_PER_FRAME, state.viewers());
        }
    }
}
