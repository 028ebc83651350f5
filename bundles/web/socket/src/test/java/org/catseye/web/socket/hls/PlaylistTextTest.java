package org.catseye.web.socket.hls;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.catseye.web.socket.viewer.StreamQuality;
import org.junit.Test;

public class PlaylistTextTest {

    private static final Timing TIMING = Timing.of(StreamQuality.DEFAULT);
    private static final Segment.Header HEADER = new Segment.Header(7, new Content(new byte[1]));

    @Test
    public void thePlaylistIsThatOfTheStandard() {
        Window window = new Window(List.of(segment(7, 2), segment(8, 1)), Optional.of(segment(9, 1)), true, 0);
        assertEquals("""
                #EXTM3U
                #EXT-X-VERSION:6
                #EXT-X-TARGETDURATION:4
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.500
                #EXT-X-PART-INF:PART-TARGET=0.500
                #EXT-X-MEDIA-SEQUENCE:7
                #EXT-X-DISCONTINUITY-SEQUENCE:0
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MAP:URI="f/7.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2001-09-09T01:46:47Z
                #EXT-X-PART:DURATION=0.50000,URI="f/7.0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.50000,URI="f/7.1.m4s"
                #EXTINF:1.00000,
                f/7.m4s
                #EXT-X-PROGRAM-DATE-TIME:2001-09-09T01:46:48Z
                #EXT-X-PART:DURATION=0.50000,URI="f/8.0.m4s",INDEPENDENT=YES
                #EXTINF:0.50000,
                f/8.m4s
                #EXT-X-PROGRAM-DATE-TIME:2001-09-09T01:46:49Z
                #EXT-X-PART:DURATION=0.50000,URI="f/9.0.m4s",INDEPENDENT=YES
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="f/9.1.m4s"
                """, new PlaylistText(window, "f/", TIMING).write());
    }

    /** 6.2.5.2 of the draft. */
    @Test
    public void aBlockingReloadWaitsForItsPart() {
        Window window = new Window(List.of(segment(7, 2), segment(8, 2)), Optional.of(segment(9, 1)), true, 0);
        assertReply(Reply.State.READY, window, ReloadPoint.NONE);
        assertReply(Reply.State.READY, window, point("8", null));
        assertReply(Reply.State.READY, window, point("8", "1"));
        assertReply(Reply.State.READY, window, point("9", "0"));
        assertReply(Reply.State.LATER, window, point("9", "1"));
        assertReply(Reply.State.LATER, window, point("9", null));
        assertReply(Reply.State.LATER, window, point("10", "0"));
        assertReply("a part that never came means the next segment", Reply.State.READY, window, point("8", "2"));
        assertReply(Reply.State.LATER, new Window(List.of(segment(8, 2)), Optional.of(segment(9, 0)), false, 0), point("8", "2"));
        assertReply("from long ago", Reply.State.READY, window, point("1", "5"));
        assertReply("before the first segment is complete", Reply.State.LATER, new Window(List.of(), Optional.of(segment(7, 1)), true, 0), ReloadPoint.NONE);
        assertEquals(false, window.isTooFarAhead(point("11", "0")));
        assertEquals(true, window.isTooFarAhead(point("12", "0")));
    }

    @Test
    public void onlyAnAnnouncedPartCanBeWaitedFor() {
        Window window = new Window(List.of(segment(8, 2)), Optional.of(segment(9, 1)), true, 0);
        assertEquals(Reply.State.READY, window.findPart(9, 0).state());
        assertEquals(Reply.State.LATER, window.findPart(9, 1).state());
        assertEquals(Reply.State.MISSING, window.findPart(9, 2).state());
        assertEquals(Reply.State.MISSING, window.findPart(8, 2).state());
        assertEquals(Reply.State.MISSING, window.findPart(10, 0).state());
        assertEquals(Reply.State.MISSING, window.findSegment(9).state());
        assertEquals(2, window.findSegment(8).contents().size());
        assertEquals(Reply.State.MISSING, new Window(List.of(), Optional.of(segment(9, 1)), false, 0).findPart(9, 1).state());
    }

    private static void assertReply(Reply.State state, Window window, ReloadPoint point) {
        assertReply(point.toString(), state, window, point);
    }

    private static void assertReply(String message, Reply.State state, Window window, ReloadPoint point) {
        assertEquals(message, state, window.findPlaylist(point, "f/", TIMING).state());
    }

    private static ReloadPoint point(String segment, String part) {
        return ReloadPoint.parse(segment, part).orElseThrow();
    }

    private static Segment segment(long number, int parts) {
        List<Part> made = IntStream.range(0, parts).mapToObj(i -> new Part(new Content(new byte[10]), 45_000, i == 0)).toList();
        return new Segment(number, 1_000_000_000_000L + number * 1_000, HEADER, false, made);
    }
}
