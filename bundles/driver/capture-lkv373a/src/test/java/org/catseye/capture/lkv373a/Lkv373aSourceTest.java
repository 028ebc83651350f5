package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.stream.IntStream;
import org.catseye.testkit.FakeCaptureContext.Published;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.testkit.lkv.SyntheticVideo;
import org.catseye.video.SoundCodec;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.After;
import org.junit.Test;

public class Lkv373aSourceTest {

    private final Feed feed = new Feed();

    @After
    public void nothingIsHeld() {
        feed.source.close();
        assertEquals(0, feed.context.lent());
        assertEquals(List.of(), feed.context.breaches());
    }

    @Test
    public void accessUnitsComeOutAsTheyWentIn() {
        feed.muxer.pesLengths(true);
        feed.group(3);
        assertEquals(3, feed.context.frames().size());
        Published first = feed.context.frames().get(0);
        assertEquals(new VideoFormat(Codec.H264, 1280, 720), first.format());
        assertTrue(first.key());
        assertFalse(feed.context.frames().get(1).key());
        assertArrayEquals(SyntheticVideo.unit(true, 1280, 720, 0, 3000), first.data());
        assertArrayEquals(SyntheticVideo.unit(false, 1280, 720, 1, 3000), feed.context.frames().get(1).data());
    }

    @Test
    public void rtpAndBareUdpWithEmptyDatagramsAreTheSame() {
        feed.wire.empties(true);
        feed.group(5);
        feed.wire.rtp(true);
        feed.group(5);
        feed.wire.rtp(false);
        feed.group(1);
        assertEquals(IntStream.range(0, 10).boxed().toList(), feed.numbers().subList(0, 10));
    }

    @Test
    public void withLengthsAFrameIsThereWithItsLastDatagram() {
        feed.muxer.pesLengths(true);
        feed.group(1);
        assertEquals(1, feed.numbers().size());
    }

    @Test
    public void withoutLengthsTheEndIsLearntFromTheStuffing() {
        feed.group(8);
        assertEquals("not yet believed", 7, feed.numbers().size());
        feed.frame(false, 1280, 720, 3000);
        assertEquals("believed", 9, feed.numbers().size());
        feed.frame(false, 1280, 720, 5000);
        assertEquals(10, feed.numbers().size());
    }

    @Test
    public void aFrameThatFillsItsLastPacketComesWithTheNext() {
        feed.group(12);
        int exact = 184 * 20 - 8 - 14 - 10;
        byte[] unit = SyntheticVideo.unit(false, 1280, 720, 12, exact);
        assertEquals("no stuffing", 20, feed.muxer.frame(unit, 0).size());
        feed.group(1);
        int before = feed.numbers().size();
        feed.frame(false, 1280, 720, exact);
        assertEquals(before, feed.numbers().size());
        feed.frame(false, 1280, 720, 3000);
        assertEquals(before + 2, feed.numbers().size());
    }

    @Test
    public void aFrameThatFillsItsLastPacketIsThereWithItsLastDatagramOnceThatIsKnownNotToBeFull() {
        for (int fill : new int[] {0, Muxer.PACKET}) {
            Feed each = new Feed();
            each.fill = fill > 0;
            each.group(66);
            int exact = 184 * 20 - 8 - 14 - 10;
            each.frame(false, 1280, 720, exact);
            assertEquals(67, each.numbers().size());
            each.frame(false, 1280, 720, exact + 184);
            assertEquals("a full datagram may go on", 67, each.numbers().size());
            each.frame(false, 1280, 720, exact);
            assertEquals(69, each.numbers().size());
            each.source.close();
        }
    }

    @Test
    public void datagramsThatAreNotFullWithinFramesCutNothingOff() {
        for (int every = 1; every < 40; every += 7) {
            Feed each = new Feed();
            each.send(each.wire.datagrams(each.muxer.tables()));
            for (int i = 0; i < 200; i++) {
                List<byte[]> packets = each.muxer.frame(SyntheticVideo.unit(i == 0, 1280, 720, i, 3000), 3000L * i);
                if (i % every == 0) {
                    each.send(each.wire.datagrams(packets.subList(0, 3)));
                    packets = packets.subList(3, packets.size());
                }
                each.send(each.wire.datagrams(packets));
                each.pass(33);
            }
            assertEquals("every " + every, IntStream.range(0, 200).boxed().toList(), each.numbers());
            each.source.close();
        }
    }

    /** As captured from a real box: a constant rate, frames wherever they fall in the datagrams, null packets between them. */
    @Test
    public void atAConstantRateEveryFrameIsThereBeforeTheNextBegins() {
        List<byte[]> packets = new ArrayList<>(feed.muxer.tables());
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            begins.add(packets.size() / 7);
            // Every third one fills its last packet.
            int bytes = i % 3 == 0 ? 184 * (20 + i % 7) - 8 - 14 - 10 - (i == 0 ? 30 : 0) : 3000 + 11 * i;
            packets.addAll(feed.muxer.frame(SyntheticVideo.unit(i == 0, 1280, 720, i, bytes), 3000L * i));
            packets.addAll(java.util.Collections.nCopies(14 + i % 5, Muxer.nothing()));
        }
        feed.wire.empties(true);
        List<byte[]> datagrams = feed.wire.datagrams(packets);
        int next = 0;
        for (int i = 0; i < datagrams.size() / 2; i++) {
            if (next < begins.size() && begins.get(next) == i) {
                assertTrue("before frame " + next + " there are " + feed.numbers().size(), next < 70 || feed.numbers().size() == next);
                next++;
            }
            feed.send(datagrams.subList(2 * i, 2 * i + 2));
        }
        assertEquals(IntStream.range(0, 300).boxed().toList(), feed.numbers());
    }

    @Test
    public void aSenderThatBeginsAnewIsFollowedWhateverItsCountersSay() {
        for (boolean exact : new boolean[] {false, true}) {
            for (int counter = 0; counter < 16; counter++) {
                restart(exact, counter);
            }
        }
    }

    /** Another stream begins after a frame that may still be open, with this counter in its first video packet. */
    private static void restart(boolean exact, int counter) {
        Feed feed = new Feed();
        feed.group(12);
        byte[] last = SyntheticVideo.unit(false, 1280, 720, 99, exact ? 184 * 20 - 8 - 14 - 10 : 3000);
        feed.send(feed.wire.datagrams(feed.muxer.frame(last, 0)));
        Muxer anew = new Muxer();
        for (int i = 0; i < counter; i++) {
            assertEquals("one packet", 1, anew.frame(new byte[10], 0).size());
        }
        for (int i = 0; i < 30; i++) {
            List<byte[]> packets = new ArrayList<>(i == 0 ? anew.tables() : List.of());
            packets.addAll(anew.frame(SyntheticVideo.unit(i % 10 == 0, 1280, 720, 100 + i, 3000), i * 3000L));
            feed.send(feed.wire.datagrams(packets));
            feed.pass(33);
        }
        List<Integer> numbers = feed.numbers();
        assertEquals(exact + ", " + counter, IntStream.range(100, 130).boxed().toList(), numbers.subList(numbers.size() - 30, numbers.size()));
        assertTrue(numbers.size() <= 43);
        for (Published frame : feed.context.frames()) {
            assertEquals("each frame as it was sent", SyntheticVideo.unit(frame.key(), 1280, 720, SyntheticVideo.number(frame.data()),
                SyntheticVideo.number(frame.data()) == 99 ? last.length - 10 : 3000).length, frame.data().length);
        }
        feed.source.close();
    }

    @Test
    public void aFrameLargerThanAnyBeforeIsWhole() {
        feed.muxer.pesLengths(true);
        feed.group(1);
        feed.frame(false, 1280, 720, 900_000);
        feed.frame(false, 1280, 720, 3000);
        assertArrayEquals(SyntheticVideo.unit(false, 1280, 720, 1, 900_000), feed.context.frames().get(1).data());
        assertEquals(3, feed.numbers().size());
    }

    @Test
    public void afterALossNothingComesUntilTheNextKeyFrame() {
        feed.muxer.pesLengths(true);
        feed.group(3);
        List<byte[]> datagrams = new ArrayList<>(feed.wire.datagrams(feed.muxer.frame(SyntheticVideo.unit(false, 1280, 720, 90, 9000), 0)));
        datagrams.remove(2);
        feed.send(datagrams);
        feed.frame(false, 1280, 720, 3000);
        assertEquals(List.of(0, 1, 2), feed.numbers());
        assertTrue(feed.context.reportLostFrames() >= 2);
        feed.group(2);
        assertEquals(List.of(0, 1, 2, 4, 5), feed.numbers());
    }

    @Test
    public void rtpSeesALossThatTheCountersDoNot() {
        feed.muxer.pesLengths(true);
        feed.wire.rtp(true);
        feed.group(2);
        // Sixteen datagrams of seven packets: every counter is back where it was.
        List<byte[]> datagrams = new ArrayList<>(feed.wire.datagrams(feed.muxer.frame(SyntheticVideo.unit(false, 1280, 720, 90, 60_000), 0)));
        datagrams.subList(5, 21).clear();
        feed.send(datagrams);
        feed.pass(100);
        assertEquals(List.of(0, 1), feed.numbers());
        assertTrue(feed.context.reportLostFrames() >= 1);
        assertEquals("", feed.words());
        feed.frame(false, 1280, 720, 3000);
        assertEquals(List.of(0, 1), feed.numbers());
    }

    @Test
    public void disorderInRtpIsNoLoss() {
        feed.muxer.pesLengths(true);
        feed.wire.rtp(true).disorder(0.3);
        feed.group(1);
        for (int i = 0; i < 50; i++) {
            feed.frame(false, 1280, 720, 20_000);
        }
        assertEquals(IntStream.range(0, 51).boxed().toList(), feed.numbers());
        assertEquals(0, feed.context.reportLostFrames());
    }

    @Test
    public void theSoundIsNamed() {
        feed.group(2);
        assertEquals(Optional.of(SoundCodec.MPEG_AUDIO), feed.context.reportIncomingSignal().sound());
        feed.pass(5_000);
        feed.sendFrom(Feed.address(9), feed.wire.datagrams(new Muxer().audio(false).tables()).get(0));
        feed.pass(33);
        assertEquals("another sender without sound", Optional.empty(), feed.context.reportIncomingSignal().sound());
    }

    @Test
    public void datagramsThatComeTwiceAreNoLossInEitherMode() {
        for (boolean rtp : new boolean[] {false, true}) {
            Feed each = new Feed();
            each.wire.rtp(rtp).empties(true);
            each.twice = true;
            each.group(40);
            assertEquals("rtp " + rtp, IntStream.range(0, 40).boxed().toList(), each.numbers());
            each.source.close();
        }
    }

    @Test
    public void anotherPictureSizeIsFollowed() {
        feed.muxer.pesLengths(true);
        feed.group(2);
        feed.frame(true, 1920, 1080, 3000);
        feed.frame(false, 1920, 1080, 3000);
        assertEquals(new VideoFormat(Codec.H264, 1920, 1080), feed.context.frames().get(3).format());
    }

    @Test
    public void aKeyFrameWithoutParameterSetsGetsThoseThatCameBefore() {
        feed.muxer.pesLengths(true);
        feed.group(1);
        byte[] unit = SyntheticVideo.unit(true, 1280, 720, 1, 3000);
        int slice = unit.length - 3004;
        feed.send(feed.wire.datagrams(feed.muxer.frame(java.util.Arrays.copyOfRange(unit, slice, unit.length), 0)));
        Published second = feed.context.frames().get(1);
        assertTrue(second.key());
        assertEquals("SPS first", 0x67, second.data()[4]);
        assertEquals(1, SyntheticVideo.number(second.data()));
    }

    @Test
    public void severalUnitsInOnePacketAreTakenApart() {
        feed.muxer.pesLengths(true);
        feed.send(feed.wire.datagrams(feed.muxer.tables()));
        byte[] first = SyntheticVideo.unit(true, 640, 480, 7, 500);
        byte[] second = SyntheticVideo.unit(false, 640, 480, 8, 700);
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        feed.send(feed.wire.datagrams(feed.muxer.frame(both, 0)));
        assertEquals(List.of(7, 8), feed.numbers());
        assertArrayEquals(first, feed.context.frames().get(0).data());
        assertArrayEquals(second, feed.context.frames().get(1).data());
    }

    @Test
    public void withoutTablesTheUsualPlacesAreTried() {
        feed.muxer.pesLengths(true);
        for (int i = 0; i < 40; i++) {
            feed.frame(i % 10 == 0, 1280, 720, 3000);
        }
        assertTrue("the boxes' usual PID", feed.numbers().size() > 5);
    }

    @Test
    public void withoutBuffersItWaitsForAKeyFrameAndGoesOn() {
        feed.muxer.pesLengths(true);
        feed.group(2);
        feed.context.exhausted(true);
        feed.frame(false, 1280, 720, 3000);
        feed.context.exhausted(false);
        feed.frame(false, 1280, 720, 3000);
        feed.group(1);
        assertEquals(List.of(0, 1, 4), feed.numbers());
    }

    @Test
    public void secondSenderToTheSameGroupIsLeftOutUntilTheFirstIsGone() {
        feed.muxer.pesLengths(true);
        feed.group(2);
        Muxer other = new Muxer().pesLengths(true);
        List<byte[]> theirs = new ArrayList<>(other.tables());
        theirs.addAll(other.frame(SyntheticVideo.unit(true, 640, 480, 99, 3000), 0));
        feed.wire.datagrams(theirs).forEach(d -> feed.sendFrom(Feed.address(9), d));
        assertEquals(List.of(0, 1), feed.numbers());
        feed.pass(2_100);
        feed.wire.datagrams(theirs).forEach(d -> feed.sendFrom(Feed.address(9), d));
        assertEquals(List.of(0, 1, 99), feed.numbers());
    }

    @Test
    public void onlyTheConfiguredBoxIsTaken() {
        Feed strict = new Feed(Map.of("sender", "10.0.0.9"));
        strict.muxer.pesLengths(true);
        strict.group(2);
        assertEquals(List.of(), strict.numbers());
    }
}
