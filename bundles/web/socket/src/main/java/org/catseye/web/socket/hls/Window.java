package org.catseye.web.socket.hls;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of a picture at some time; one immutable snapshot.
 *
 * @param complete the complete segments, the oldest first
 * @param current the segment that is being made; empty before the first picture
 * @param nextBegun whether the next part of the current segment is being made, so that there will be one
 * @param removedDiscontinuities in segments before the first of {@link #complete}
 */
record Window(List<Segment> complete, Optional<Segment> current, boolean nextBegun, long removedDiscontinuities) {

    /** So many complete segments are in the playlist. */
    static final int LISTED = 6;
    /** Segments stay for a client that has an older playlist. */
    static final int KEPT = LISTED + 2;
    /** How far beyond the newest segment a request may wait (6.2.5.2). */
    private static final int MAX_AHEAD = 2;
    static final Window EMPTY = new Window(List.of(), Optional.empty(), false, 0);

    Window {
        complete = List.copyOf(complete);
    }

    /** Those in the playlist. */
    List<Segment> listed() {
        return complete.subList(Math.max(0, complete.size() - LISTED), complete.size());
    }

    /** The playlist, or the reason why a client has to wait for it. @param point what it must contain */
    Reply findPlaylist(ReloadPoint point, String folder, Timing timing) {
        if (complete.isEmpty()) {
            return Reply.LATER;
        }
        return hasReached(point) ? Reply.ready(List.of(Content.ofText(new PlaylistText(this, folder, timing).write()))) : Reply.LATER;
    }

    /** Whether a request is for something so far in the future that it is a mistake. */
    boolean isTooFarAhead(ReloadPoint point) {
        return current.isPresent() && point.segment() > current.get().number() + MAX_AHEAD;
    }

    private boolean hasReached(ReloadPoint point) {
        long open = current.map(Segment::number).orElse(-1L);
        int parts = current.map(now -> now.parts().size()).orElse(0);
        if (point.part().isEmpty() || point.segment() > open) {
            return open > point.segment();
        }
        if (point.segment() == open) {
            return parts > point.part().get();
        }
        // A part after the last one means the first one of the next segment (6.2.5.2).
        boolean existed = find(point.segment()).map(segment -> point.part().get() < segment.parts().size()).orElse(true);
        return existed || open > point.segment() + 1 || parts > 0;
    }

    Reply findHeader(long number) {
        return Reply.ofExisting(all().map(Segment::header).filter(header -> header.number() == number).findFirst().map(Segment.Header::content));
    }

    Reply findSegment(long number) {
        return complete.stream().filter(segment -> segment.number() == number).findFirst()
                .map(segment -> Reply.ready(segment.parts().stream().map(Part::content).toList())).orElse(Reply.MISSING);
    }

    /** A part. The next one of the current segment can be waited for: the playlist announces it. */
    Reply findPart(long number, int index) {
        Optional<Segment> segment = find(number);
        if (segment.isEmpty()) {
            return Reply.MISSING;
        }
        List<Part> parts = segment.get().parts();
        boolean next = index == parts.size() && nextBegun && segment.equals(current);
        return index < parts.size() ? Reply.ready(List.of(parts.get(index).content())) : next ? Reply.LATER : Reply.MISSING;
    }

    private Optional<Segment> find(long number) {
        return all().filter(segment -> segment.number() == number).findFirst();
    }

    private Stream<Segment> all() {
        return Stream.concat(complete.stream(), current.stream());
    }
}
