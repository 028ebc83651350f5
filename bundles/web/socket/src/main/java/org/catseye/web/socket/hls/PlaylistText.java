package org.catseye.web.socket.hls;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catseye.web.socket.mp4.Mp4Header;

/** Writes a media playlist with parts (draft-pantos-hls-rfc8216bis, section 4). Used once. */
final class PlaylistText {

    /** Parts of older segments are not listed: a client that is so far behind fetches whole segments (4.4.4.9). */
    private static final int SEGMENTS_WITH_PARTS = 3;
    /** A player stays this many parts behind the end (4.4.3.8 recommends at least three). */
    private static final int PARTS_HELD_BACK = 3;

    private final Window window;
    private final String folder;
    private final Timing timing;
    private final StringBuilder out = new StringBuilder(2048);
    private long header = -1;

    /** @param folder prefix of the names, relative to the playlist */
    PlaylistText(Window window, String folder, Timing timing) {
        this.window = window;
        this.folder = folder;
        this.timing = timing;
    }

    String write() {
        List<Segment> listed = window.listed();
        writeHead(listed);
        for (int i = 0; i < listed.size(); i++) {
            Segment segment = listed.get(i);
            writeBegin(segment);
            if (i >= listed.size() - SEGMENTS_WITH_PARTS) {
                writeParts(segment);
            }
            writeLine("#EXTINF:" + seconds(segment.ticks()) + ",");
            writeLine(folder + MediaPath.segmentName(segment.number()));
        }
        window.current().ifPresent(this::writeCurrent);
        return out.toString();
    }

    private void writeHead(List<Segment> listed) {
        writeLine("#EXTM3U");
        writeLine("#EXT-X-VERSION:6");
        writeLine("#EXT-X-TARGETDURATION:" + TimeUnit.NANOSECONDS.toSeconds(timing.target()));
        writeLine("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=" + nanoSeconds(PARTS_HELD_BACK * timing.part()));
        writeLine("#EXT-X-PART-INF:PART-TARGET=" + nanoSeconds(timing.part()));
        writeLine("#EXT-X-MEDIA-SEQUENCE:" + listed.get(0).number());
        writeLine("#EXT-X-DISCONTINUITY-SEQUENCE:" + countEarlierDiscontinuities(listed.get(0)));
        if (Stream.concat(listed.stream(), window.current().stream()).allMatch(Segment::isIndependent)) {
            writeLine("#EXT-X-INDEPENDENT-SEGMENTS");
        }
    }

    private long countEarlierDiscontinuities(Segment first) {
        return window.removedDiscontinuities()
                + window.complete().stream().takeWhile(segment -> segment.number() < first.number()).filter(Segment::discontinuity).count();
    }

    private void writeBegin(Segment segment) {
        if (segment.discontinuity()) {
            writeLine("#EXT-X-DISCONTINUITY");
        }
        if (segment.header().number() != header) {
            header = segment.header().number();
            writeLine("#EXT-X-MAP:URI=\"" + folder + MediaPath.headerName(header) + "\"");
        }
        writeLine("#EXT-X-PROGRAM-DATE-TIME:" + Instant.ofEpochMilli(segment.start()).truncatedTo(ChronoUnit.MILLIS));
    }

    private void writeParts(Segment segment) {
        for (int i = 0; i < segment.parts().size(); i++) {
            Part part = segment.parts().get(i);
            writeLine("#EXT-X-PART:DURATION=" + seconds(part.ticks()) + ",URI=\"" + folder + MediaPath.partName(segment.number(), i) + "\""
                    + (part.independent() ? ",INDEPENDENT=YES" : ""));
        }
    }

    /** A part is announced only when it is certain that there will be one. */
    private void writeCurrent(Segment current) {
        if (!current.parts().isEmpty()) {
            writeBegin(current);
            writeParts(current);
        }
        if (window.nextBegun() && !(current.parts().isEmpty() && current.discontinuity())) {
            writeLine("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + folder + MediaPath.partName(current.number(), current.parts().size()) + "\"");
        }
    }

    private void writeLine(String line) {
        out.append(line).append('\n');
    }

    private static String seconds(long ticks) {
        return String.format(Locale.ROOT, "%.5f", (double) ticks / Mp4Header.TIMESCALE);
    }

    private static String nanoSeconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
