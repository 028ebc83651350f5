package org.catseye.web.socket.hls;

import java.util.List;

/**
 * A segment, or the beginning of the one that is being made.
 *
 * @param number its media sequence number
 * @param start when its first picture was taken, in milliseconds since the epoch
 * @param header the MP4 header for it
 * @param discontinuity whether another header begins here
 */
record Segment(long number, long start, Header header, boolean discontinuity, List<Part> parts) {

    /**
     * An MP4 header.
     *
     * @param number of the first segment that uses it
     */
    record Header(long number, Content content) {
    }

    Segment {
        parts = List.copyOf(parts);
    }

    long ticks() {
        return parts.stream().mapToLong(Part::ticks).sum();
    }

    long bytes() {
        return parts.stream().mapToLong(part -> part.content().size()).sum();
    }

    boolean isIndependent() {
        return parts.isEmpty() || parts.get(0).independent();
    }
}
