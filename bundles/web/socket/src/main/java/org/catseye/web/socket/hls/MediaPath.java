package org.catseye.web.socket.hls;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.web.socket.viewer.StreamQuality;

/**
 * A path below the playlist: {@code /balanced/12.mp4} is a header, {@code /balanced/12.m4s} a segment and {@code /balanced/12.0.m4s} a part.
 *
 * @param number of the segment
 * @param part its index in the segment; empty for the segment, or its header
 */
record MediaPath(StreamQuality quality, boolean header, long number, Optional<Integer> part) {

    /** Below the path of the target. */
    static final String PLAYLIST = "video.m3u8";
    private static final Pattern PATH = Pattern.compile("/([a-z]{1,16})/(\\d{1,15})(?:\\.(\\d{1,4})\\.m4s|\\.(m4s|mp4))");

    /** @return empty if the path has another form */
    static Optional<MediaPath> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        return !matcher.matches() ? Optional.empty() : StreamQuality.parsePathName(matcher.group(1)).map(quality -> new MediaPath(quality,
                "mp4".equals(matcher.group(4)), Long.parseLong(matcher.group(2)), Optional.ofNullable(matcher.group(3)).map(Integer::valueOf)));
    }

    /** The folder of a quality, relative to the playlist. */
    static String folderOf(StreamQuality quality) {
        return PLAYLIST + "/" + quality.pathName() + "/";
    }

    static String headerName(long number) {
        return number + ".mp4";
    }

    static String segmentName(long number) {
        return number + ".m4s";
    }

    static String partName(long number, int part) {
        return number + "." + part + ".m4s";
    }

    Reply findIn(Window window) {
        if (header) {
            return window.findHeader(number);
        }
        return part.isPresent() ? window.findPart(number, part.get()) : window.findSegment(number);
    }
}
