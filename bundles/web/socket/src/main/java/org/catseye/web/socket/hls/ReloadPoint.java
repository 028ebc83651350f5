package org.catseye.web.socket.hls;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a playlist must contain before it is sent: a blocking reload (6.2.5.2).
 *
 * @param segment the media sequence number; below 0 for none
 * @param part the index in the segment; empty for the whole segment
 */
record ReloadPoint(long segment, Optional<Integer> part) {

    static final ReloadPoint NONE = new ReloadPoint(-1, Optional.empty());
    private static final Pattern SEGMENT = Pattern.compile("\\d{1,15}");
    private static final Pattern PART = Pattern.compile("\\d{1,4}");

    /**
     * Reads the parameters {@code _HLS_msn} and {@code _HLS_part}, which are null if they are not given.
     *
     * @return empty if they are wrong
     */
    static Optional<ReloadPoint> parse(String segment, String part) {
        if (segment == null) {
            return part == null ? Optional.of(NONE) : Optional.empty();
        }
        if (!SEGMENT.matcher(segment).matches() || part != null && !PART.matcher(part).matches()) {
            return Optional.empty();
        }
        return Optional.of(new ReloadPoint(Long.parseLong(segment), Optional.ofNullable(part).map(Integer::valueOf)));
    }
}
