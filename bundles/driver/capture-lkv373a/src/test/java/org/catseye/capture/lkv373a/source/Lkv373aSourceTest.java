package org.catseye.capture.lkv373a.source;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.catseye.testkit.FakeCaptureContext.Published;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.testkit.lkv.SyntheticVideo;
import org.catseye.video.Codec;
import org.catseye.video.SoundCodec;
import org.catseye.video.VideoFormat;
import org.junit.After;
import org.junit.Test;

public class Lkv373aSourceTest {

    private final Feed feed = new Feed();

    @After
    public void everySlotIsReleased() {
        feed.source.close();
        assertEquals(0, feed.context.lent());
        assertEquals(List.of(), feed.context.breaches());
    }

    @Test
    public void accessUnitsPassThroughUnchanged() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(3);
        assertEquals(3, feed.context.frames().size());
        Published first = feed.context.frames().get(0);
        assertEquals(new VideoFormat(Codec.H264, 1280, 720), first.format());
        assertTrue(first.key());
        assertFalse(feed.context.frames().get(1).key());
        assertArrayEquals(SyntheticVideo.createUnit(true, 1280, 720, 0, 3000), first.data());
        assertArrayEquals(SyntheticVideo.createUnit(false, 1280, 720, 1, 3000), feed.context.frames().get(1).data());
    }

    @Test
    public void rtpAndBareUdpGiveTheSameFrames() {
        feed.packer.sendEmptyDatagrams(true);
        feed.sendGroup(5);
        feed.packer.useRtp(true);
        feed.sendGroup(5);
        feed.packer.useRtp(false);
        feed.sendGroup(1);
        assertEquals(IntStream.range(0, 10).boxed().toList(), feed.publishedNumbers().subList(0, 10));
    }

    @Test
    public void frameWithALengthIsPublishedWithItsLastDatagram() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(1);
        assertEquals(1, feed.publishedNumbers().size());
    }

    @Test
    public void endWithoutALengthIsLearntFromTheStuffing() {
        feed.sendGroup(8);
        assertEquals("not trusted yet", 7, feed.publishedNumbers().size());
        feed.sendFrame(false, 1280, 720, 3000);
        assertEquals("trusted", 9, feed.publishedNumbers().size());
        feed.sendFrame(false, 1280, 720, 5000);
        assertEquals(10, feed.publishedNumbers().size());
    }

    @Test
    public void frameThatFillsItsLastPacketIsPublishedWithTheNext() {
        feed.sendGroup(12);
        int exact = 184 * 20 - 8 - 14 - 10;
        byte[] unit = SyntheticVideo.createUnit(false, 1280, 720, 12, exact);
        assertEquals("no stuffing", 20, feed.muxer.createFrame(unit, 0).size());
        feed.sendGroup(1);
        int before = feed.publishedNumbers().size();
        feed.sendFrame(false, 1280, 720, exact);
        assertEquals(before, feed.publishedNumbers().size());
        feed.sendFrame(false, 1280, 720, 3000);
        assertEquals(before + 2, feed.publishedNumbers().size());
    }

    @Test
    public void frameThatFillsItsLastPacketIsPublishedOnceSpareRoomIsTrusted() {
        for (int fill : new int[] {0, Muxer.PACKET_BYTES}) {
            Feed each = new Feed();
            each.fillsDatagrams = fill > 0;
            each.sendGroup(66);
            int exact = 184 * 20 - 8 - 14 - 10;
            each.sendFrame(false, 1280, 720, exact);
            assertEquals(67, each.publishedNumbers().size());
            each.sendFrame(false, 1280, 720, exact + 184);
            assertEquals("the frame may continue behind a full datagram", 67, each.publishedNumbers().size());
            each.sendFrame(false, 1280, 720, exact);
            assertEquals(69, each.publishedNumbers().size());
            each.source.close();
        }
    }

    @Test
    public void partlyFilledDatagramsWithinFramesCutNothingOff() {
        for (int every = 1; every < 40; every += 7) {
            Feed each = new Feed();
            each.send(each.packer.packDatagrams(each.muxer.createTables()));
            for (int i = 0; i < 200; i++) {
                List<byte[]> packets = each.muxer.createFrame(SyntheticVideo.createUnit(i == 0, 1280, 720, i, 3000), 3000L * i);
                if (i % every == 0) {
                    each.send(each.packer.packDatagrams(packets.subList(0, 3)));
                    packets = packets.subList(3, packets.size());
                }
                each.send(each.packer.packDatagrams(packets));
                each.advanceTime(33);
            }
            assertEquals("every " + every, IntStream.range(0, 200).boxed().toList(), each.publishedNumbers());
            each.source.close();
        }
    }

    /** Like a capture of a real box: a constant rate, frames at any place in the datagrams, and null packets between them. */
    @Test
    public void everyFrameIsPublishedBeforeTheNextBeginsAtAConstantRate() {
        List<byte[]> packets = new ArrayList<>(feed.muxer.createTables());
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            begins.add(packets.size() / 7);
            // Every third one fills its last packet.
            int bytes = i % 3 == 0 ? 184 * (20 + i % 7) - 8 - 14 - 10 - (i == 0 ? 30 : 0) : 3000 + 11 * i;
            packets.addAll(feed.muxer.createFrame(SyntheticVideo.createUnit(i == 0, 1280, 720, i, bytes), 3000L * i));
            packets.addAll(java.util.Collections.nCopies(14 + i % 5, Muxer.createNullPacket()));
        }
        feed.packer.sendEmptyDatagrams(true);
        List<byte[]> datagrams = feed.packer.packDatagrams(packets);
        int next = 0;
        for (int i = 0; i < datagrams.size() / 2; i++) {
            if (next < begins.size() && begins.get(next) == i) {
                assertTrue("before frame " + next + " there are " + feed.publishedNumbers().size(), next < 70 || feed.publishedNumbers().size() == next);
                next++;
            }
            feed.send(datagrams.subList(2 * i, 2 * i + 2));
        }
        assertEquals(IntStream.range(0, 300).boxed().toList(), feed.publishedNumbers());
    }

    @Test
    public void restartedSenderIsFollowedWithAnyCounters() {
        for (boolean exact : new boolean[] {false, true}) {
            for (int counter = 0; counter < 16; counter++) {
                assertRestartIsFollowed(exact, counter);
            }
        }
    }

    /** Starts another stream after a frame that may still be open, with this counter in its first video packet. */
    private static void assertRestartIsFollowed(boolean exact, int counter) {
        Feed feed = new Feed();
        feed.sendGroup(12);
        byte[] last = SyntheticVideo.createUnit(false, 1280, 720, 99, exact ? 184 * 20 - 8 - 14 - 10 : 3000);
        feed.send(feed.packer.packDatagrams(feed.muxer.createFrame(last, 0)));
        Muxer restarted = new Muxer();
        for (int i = 0; i < counter; i++) {
            assertEquals("one packet", 1, restarted.createFrame(new byte[10], 0).size());
        }
        for (int i = 0; i < 30; i++) {
            List<byte[]> packets = new ArrayList<>(i == 0 ? restarted.createTables() : List.of());
            packets.addAll(restarted.createFrame(SyntheticVideo.createUnit(i % 10 == 0, 1280, 720, 100 + i, 3000), i * 3000L));
            feed.send(feed.packer.packDatagrams(packets));
            feed.advanceTime(33);
        }
        List<Integer> numbers = feed.publishedNumbers();
        assertEquals(exact + ", " + counter, IntStream.range(100, 130).boxed().toList(), numbers.subList(numbers.size() - 30, numbers.size()));
        assertTrue(numbers.size() <= 43);
        for (Published frame : feed.context.frames()) {
            assertEquals("each frame is unchanged", SyntheticVideo.createUnit(frame.key(), 1280, 720, SyntheticVideo.readNumber(frame.data()),
                SyntheticVideo.readNumber(frame.data()) == 99 ? last.length - 10 : 3000).length, frame.data().length);
        }
        feed.source.close();
    }

    @Test
    public void frameLargerThanAllBeforeIsComplete() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(1);
        feed.sendFrame(false, 1280, 720, 900_000);
        feed.sendFrame(false, 1280, 720, 3000);
        assertArrayEquals(SyntheticVideo.createUnit(false, 1280, 720, 1, 900_000), feed.context.frames().get(1).data());
        assertEquals(3, feed.publishedNumbers().size());
    }

    @Test
    public void nothingIsPublishedBetweenALossAndTheNextKeyFrame() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(3);
        List<byte[]> datagrams = new ArrayList<>(feed.packer.packDatagrams(feed.muxer.createFrame(SyntheticVideo.createUnit(false, 1280, 720, 90, 9000), 0)));
        datagrams.remove(2);
        feed.send(datagrams);
        feed.sendFrame(false, 1280, 720, 3000);
        assertEquals(List.of(0, 1, 2), feed.publishedNumbers());
        assertTrue(feed.context.reportLostFrames() >= 2);
        feed.sendGroup(2);
        assertEquals(List.of(0, 1, 2, 4, 5), feed.publishedNumbers());
    }

    @Test
    public void rtpDetectsALossThatTheCountersMiss() {
        feed.muxer.withPesLengths(true);
        feed.packer.useRtp(true);
        feed.sendGroup(2);
        // After sixteen datagrams of seven packets every counter has its previous value again.
        List<byte[]> datagrams = new ArrayList<>(feed.packer.packDatagrams(feed.muxer.createFrame(SyntheticVideo.createUnit(false, 1280, 720, 90, 60_000), 0)));
        datagrams.subList(5, 21).clear();
        feed.send(datagrams);
        feed.advanceTime(100);
        assertEquals(List.of(0, 1), feed.publishedNumbers());
        assertTrue(feed.context.reportLostFrames() >= 1);
        assertEquals("", feed.report());
        feed.sendFrame(false, 1280, 720, 3000);
        assertEquals(List.of(0, 1), feed.publishedNumbers());
    }

    @Test
    public void reorderedRtpIsNoLoss() {
        feed.muxer.withPesLengths(true);
        feed.packer.useRtp(true).setReorderingRate(0.3);
        feed.sendGroup(1);
        for (int i = 0; i < 50; i++) {
            feed.sendFrame(false, 1280, 720, 20_000);
        }
        assertEquals(IntStream.range(0, 51).boxed().toList(), feed.publishedNumbers());
        assertEquals(0, feed.context.reportLostFrames());
    }

    @Test
    public void soundCodecIsReported() {
        feed.sendGroup(2);
        assertEquals(Optional.of(SoundCodec.MPEG_AUDIO), feed.context.reportIncomingSignal().sound());
        feed.advanceTime(5_000);
        feed.sendFrom(Feed.address(9), feed.packer.packDatagrams(new Muxer().withAudio(false).createTables()).get(0));
        feed.advanceTime(33);
        assertEquals("another sender without sound", Optional.empty(), feed.context.reportIncomingSignal().sound());
    }

    @Test
    public void duplicateDatagramsAreNoLossInEitherMode() {
        for (boolean rtp : new boolean[] {false, true}) {
            Feed each = new Feed();
            each.packer.useRtp(rtp).sendEmptyDatagrams(true);
            each.duplicates = true;
            each.sendGroup(40);
            assertEquals("rtp " + rtp, IntStream.range(0, 40).boxed().toList(), each.publishedNumbers());
            each.source.close();
        }
    }

    @Test
    public void changedPictureSizeIsFollowed() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(2);
        feed.sendFrame(true, 1920, 1080, 3000);
        feed.sendFrame(false, 1920, 1080, 3000);
        assertEquals(new VideoFormat(Codec.H264, 1920, 1080), feed.context.frames().get(3).format());
    }

    @Test
    public void keyFrameWithoutParameterSetsGetsThePreviousOnes() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(1);
        byte[] unit = SyntheticVideo.createUnit(true, 1280, 720, 1, 3000);
        int slice = unit.length - 3004;
        feed.send(feed.packer.packDatagrams(feed.muxer.createFrame(java.util.Arrays.copyOfRange(unit, slice, unit.length), 0)));
        Published second = feed.context.frames().get(1);
        assertTrue(second.key());
        assertEquals("SPS first", 0x67, second.data()[4]);
        assertEquals(1, SyntheticVideo.readNumber(second.data()));
    }

    @Test
    public void severalUnitsInOnePacketAreSeparated() {
        feed.muxer.withPesLengths(true);
        feed.send(feed.packer.packDatagrams(feed.muxer.createTables()));
        byte[] first = SyntheticVideo.createUnit(true, 640, 480, 7, 500);
        byte[] second = SyntheticVideo.createUnit(false, 640, 480, 8, 700);
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        feed.send(feed.packer.packDatagrams(feed.muxer.createFrame(both, 0)));
        assertEquals(List.of(7, 8), feed.publishedNumbers());
        assertArrayEquals(first, feed.context.frames().get(0).data());
        assertArrayEquals(second, feed.context.frames().get(1).data());
    }

    @Test
    public void usualPidsAreUsedWithoutTables() {
        feed.muxer.withPesLengths(true);
        for (int i = 0; i < 40; i++) {
            feed.sendFrame(i % 10 == 0, 1280, 720, 3000);
        }
        assertTrue("the boxes' usual PID", feed.publishedNumbers().size() > 5);
    }

    @Test
    public void continuesWithAKeyFrameAfterMissingBuffers() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(2);
        feed.context.exhausted(true);
        feed.sendFrame(false, 1280, 720, 3000);
        feed.context.exhausted(false);
        feed.sendFrame(false, 1280, 720, 3000);
        feed.sendGroup(1);
        assertEquals(List.of(0, 1, 4), feed.publishedNumbers());
    }

    @Test
    public void secondSenderIsIgnoredUntilTheFirstStops() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(2);
        Muxer other = new Muxer().withPesLengths(true);
        List<byte[]> theirs = new ArrayList<>(other.createTables());
        theirs.addAll(other.createFrame(SyntheticVideo.createUnit(true, 640, 480, 99, 3000), 0));
        feed.packer.packDatagrams(theirs).forEach(d -> feed.sendFrom(Feed.address(9), d));
        assertEquals(List.of(0, 1), feed.publishedNumbers());
        feed.advanceTime(2_100);
        feed.packer.packDatagrams(theirs).forEach(d -> feed.sendFrom(Feed.address(9), d));
        assertEquals(List.of(0, 1, 99), feed.publishedNumbers());
    }

    @Test
    public void onlyTheConfiguredBoxIsAccepted() {
        Feed strict = new Feed(Map.of("sender", "10.0.0.9"));
        strict.muxer.withPesLengths(true);
        strict.sendGroup(2);
        assertEquals(List.of(), strict.publishedNumbers());
    }
}
