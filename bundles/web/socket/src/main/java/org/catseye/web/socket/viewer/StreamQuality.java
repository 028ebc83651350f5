package org.catseye.web.socket.viewer;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catseye.http.Problem;
import org.catseye.video.Codec;
import org.catseye.video.PictureQuality;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;

/**
 * Which H.264 a player gets.
 *
 * @param wanted empty: as the source sends H.264, or else balanced
 */
public record StreamQuality(Optional<PictureQuality> wanted) {

    /** The codec of all streams for players. */
    public static final Set<Codec> CODECS = Set.of(Codec.H264);
    /** Without a choice. */
    public static final StreamQuality DEFAULT = new StreamQuality(Optional.empty());
    private static final String DEFAULT_NAME = "default";

    /** @param name of the request's parameter; null if there is none. @return empty if there is no such quality */
    public static Optional<StreamQuality> parseParameter(String name) {
        return name == null ? Optional.of(DEFAULT)
                : Arrays.stream(PictureQuality.values()).filter(one -> nameOf(one).equals(name)).findFirst().map(one -> new StreamQuality(Optional.of(one)));
    }

    /** As {@link #pathName} names it. */
    public static Optional<StreamQuality> parsePathName(String name) {
        return name.equals(DEFAULT_NAME) ? Optional.of(DEFAULT) : parseParameter(name);
    }

    /** The answer to an unknown quality. */
    public static Problem unknownQuality() {
        String known = Arrays.stream(PictureQuality.values()).map(StreamQuality::nameOf).collect(Collectors.joining(", "));
        return new Problem("unknown_quality", "quality is one of: " + known + ".");
    }

    /** For paths. */
    public String pathName() {
        return wanted.map(StreamQuality::nameOf).orElse(DEFAULT_NAME);
    }

    /** The quality to subscribe with. It may change, because a device may be replaced by one of another codec. */
    public PictureQuality currentQuality(VideoHub hub) {
        return wanted.orElseGet(() -> hub.currentState().format().map(VideoFormat::codec).filter(Codec.H264::equals).isPresent()
                ? PictureQuality.SHARP : PictureQuality.BALANCED);
    }

    /** Why there is no H.264 of a live picture; empty if there is, or may be. */
    public static Optional<Problem> findObstacle(VideoHub hub) {
        VideoState state = hub.currentState(EnumSet.copyOf(CODECS));
        boolean live = hub.currentState().condition() == VideoState.Condition.LIVE;
        return live && state.condition() != VideoState.Condition.LIVE ? Optional.of(new Problem("no_h264", state.reason())) : Optional.empty();
    }

    private static String nameOf(PictureQuality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }
}
