package org.catseye.web.control;

import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.hid.HidState;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoState;

/** What one viewer is told of its target. */
record StateView(String target, String label, Video video, HidState hid, String user, Set<Permission> permissions) {

    /**
     * The picture. Its fps and viewers are apart in {@link Figures}: they change all the time.
     *
     * @param stale whether a live picture stands still for a moment; the reason says why
     * @param codec empty, as width and height are 0, when there is no picture
     * @param input what the target sends; empty if it is not known
     */
    record Video(VideoState.Condition state, String reason, boolean stale, int width, int height, String codec, Optional<IncomingSignal.Timing> input) {
    }

    /** What changes all the time. */
    record Figures(double fps, int viewers) {

        static final Figures NONE = new Figures(0, 0);

        /** To a tenth of a frame; finer is noise. */
        static Figures of(VideoState state) {
            return new Figures(Math.round(state.fps() * 10) / 10.0, state.viewers());
        }
    }
}
