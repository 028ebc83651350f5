package org.catseye.web.socket.hls;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.mp4.ParameterSets;
import org.catseye.web.socket.mp4.Sample;
import org.catseye.web.socket.viewer.StreamQuality;
import org.junit.Test;

public class WindowBuilderTest {

    private static final VideoFormat FORMAT = new VideoFormat(Codec.H264, 64, 48);
    private static final ParameterSets SETS = sets("6742c028da");
    private static final ParameterSets OTHER_SETS = sets("6742c029da");
    private static final Timing TIMING = Timing.of(StreamQuality.DEFAULT);
    private static final long BEGIN = 1_000_000;

    private long maxBytes = 1 << 20;
    private final WindowBuilder builder = new WindowBuilder(TIMING, 100, () -> maxBytes);

    @Test
    public void aSegmentBeginsWithAKeyFrameAndItsPartsAddUp() {
        for (int i = 0; i < 300; i++) {
            add(i * 40, i % 50 == 0, 100);
        }
        Window window = builder.snapshot();
        assertEquals(5, window.complete().size());
        for (Segment segment : window.complete()) {
            assertTrue(segment.isIndependent());
            assertEquals(180_000, segment.ticks());
            for (Part part : segment.parts()) {
                assertTrue(part + "", part.ticks() <= 45_000 && part.ticks() > 0);
            }
            assertTrue("85 % of the target, but for the last one", segment.parts().subList(0, segment.parts().size() - 1).stream().allMatch(part -> part.ticks() >= 38_250));
        }
        assertEquals(List.of(100L, 101L, 102L, 103L, 104L), window.complete().stream().map(Segment::number).toList());
        assertEquals(105, window.current().orElseThrow().number());
        assertEquals(BEGIN + 2_000, window.complete().get(1).start());
    }

    @Test
    public void nothingBeginsBeforeAKeyFrame() {
        add(0, false, 100);
        assertEquals(Optional.empty(), builder.snapshot().current());
        assertFalse(builder.needsKeyFrame(nanos(10_000)));
    }

    @Test
    public void aKeyFrameIsRequestedForTheNextSegmentOnce() {
        add(0, true, 100);
        for (int time = 40; time < 1_800; time += 40) {
            add(time, false, 100);
            assertFalse(builder.needsKeyFrame(nanos(time)));
        }
        assertTrue(builder.needsKeyFrame(nanos(1_810)));
        add(1_820, false, 100);
        assertFalse(builder.needsKeyFrame(nanos(1_820)));
        add(1_860, true, 100);
        assertEquals(1, builder.snapshot().complete().size());
        assertEquals(1_860 * 90, builder.snapshot().complete().get(0).ticks());
    }

    /** A device has key frames of its own, perhaps too many or too few. */
    @Test
    public void segmentsAreNeitherTooShortNorTooLong() {
        for (int i = 0; i < 100; i++) {
            add(i * 40, true, 100);
        }
        assertEquals(1_520 * 90, builder.snapshot().complete().get(0).ticks());
        for (int i = 100; i < 500; i++) {
            add(i * 40, false, 100);
        }
        List<Segment> segments = builder.snapshot().complete();
        assertTrue(segments.stream().allMatch(segment -> segment.ticks() <= 4 * 90_000));
        assertFalse("said so", text().contains("EXT-X-INDEPENDENT-SEGMENTS"));
    }

    @Test
    public void aPartEndsThoughNoPictureComes() {
        add(0, true, 100);
        add(40, false, 100);
        builder.advanceTo(nanos(600));
        assertEquals("perhaps one is on its way", 0, builder.snapshot().current().orElseThrow().parts().size());
        builder.advanceTo(nanos(660));
        assertEquals(45_000, builder.snapshot().current().orElseThrow().ticks());
        assertFalse(builder.snapshot().nextBegun());
        assertFalse(builder.needsKeyFrame(nanos(740)));
        assertTrue("so that the playlist goes on", builder.needsKeyFrame(nanos(760)));
        assertFalse("it needs a moment", builder.needsKeyFrame(nanos(900)));
        assertTrue(builder.needsKeyFrame(nanos(1_300)));
    }

    /** Media time must have no gaps: browsers stop there. */
    @Test
    public void mediaTimeStandsStillWhileNoPictureComes() {
        add(0, true, 100);
        builder.advanceTo(nanos(700));
        add(20_000, true, 100);
        add(20_040, false, 100);
        add(20_490, false, 100);
        add(20_530, false, 100);
        List<Part> parts = builder.snapshot().current().orElseThrow().parts();
        assertEquals(List.of(45_000L, 490 * 90L), parts.stream().map(Part::ticks).toList());
        assertEquals("the fragment begins where the last one ended", 45_000, decodeTime(parts.get(1)));
    }

    @Test
    public void otherParametersAreADiscontinuityWithAHeaderOfTheirOwn() {
        add(0, true, 100);
        add(40, false, 100);
        builder.addUnit(sample(true, 100), nanos(80), Optional.of(OTHER_SETS), FORMAT, BEGIN + 80);
        add(120, false, 100);
        Window window = builder.snapshot();
        assertEquals(1, window.complete().size());
        assertEquals(80 * 90, window.complete().get(0).ticks());
        Segment current = window.current().orElseThrow();
        assertTrue(current.discontinuity());
        assertEquals(101, current.header().number());
        assertEquals(Reply.State.READY, window.findHeader(100).state());
        assertEquals(Reply.State.READY, window.findHeader(101).state());
        assertEquals(Reply.State.MISSING, window.findHeader(102).state());
    }

    @Test
    public void discontinuitiesThatLeaveThePlaylistAreCounted() {
        for (int i = 0; i < 40; i++) {
            builder.addUnit(sample(true, 100), nanos(i * 2_000), Optional.of(i % 2 == 0 ? SETS : OTHER_SETS), FORMAT, BEGIN);
        }
        Window window = builder.snapshot();
        assertEquals(Window.KEPT, window.complete().size());
        long first = window.listed().get(0).number();
        assertTrue(text(), text().contains("#EXT-X-MEDIA-SEQUENCE:" + first + "\n#EXT-X-DISCONTINUITY-SEQUENCE:" + (first - 101) + "\n"));
    }

    @Test
    public void memoryIsLimitedWhateverComes() {
        maxBytes = 100_000;
        for (int i = 0; i < 2_000; i++) {
            add(i * 40, i % 500 == 0, 3_000);
            Window window = builder.snapshot();
            long bytes = window.complete().stream().mapToLong(Segment::bytes).sum() + window.current().map(Segment::bytes).orElse(0L);
            assertTrue(bytes + " bytes", bytes < 140_000);
        }
        assertTrue(builder.snapshot().complete().size() >= 3);
        Part released = builder.snapshot().complete().get(0).parts().get(0);
        assertTrue(released.content().bytes().isPresent());
        maxBytes = 10_000;
        add(100_000, true, 3_000);
        assertEquals("less memory, because others need it", Optional.empty(), released.content().bytes());
    }

    private String text() {
        return new PlaylistText(builder.snapshot(), "x/", TIMING).write();
    }

    private void add(long millis, boolean key, int bytes) {
        builder.addUnit(sample(key, bytes), nanos(millis), key ? Optional.of(SETS) : Optional.empty(), FORMAT, BEGIN + millis);
    }

    private static Sample sample(boolean key, int bytes) {
        return new Sample(new byte[bytes], key);
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(77_777 + millis);
    }

    /** The box tfdt follows moof, mfhd, traf and tfhd. */
    private static long decodeTime(Part part) {
        return ByteBuffer.wrap(part.content().bytes().orElseThrow()).getLong(8 + 16 + 8 + 16 + 12);
    }

    private static ParameterSets sets(String sps) {
        return ParameterSets.ofUnit(ByteBuffer.wrap(HexFormat.of().parseHex("000001" + sps + "00000168ce3880"))).orElseThrow();
    }
}
