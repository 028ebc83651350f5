package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.catseye.testkit.lkv.SyntheticVideo;
import org.junit.Test;

public class HealthTest {

    private final Feed feed = new Feed();

    @Test
    public void aStreamThatHasJustBegunIsLookedThroughBeforeItIsSaidToHaveNoPictures() {
        feed.send(feed.wire.datagrams(feed.muxer.tables()));
        assertEquals("CONNECTING A stream comes from 10.0.0.5; looking for pictures in it.", feed.words());
        for (int i = 0; i < 25; i++) {
            feed.send(feed.wire.datagrams(feed.muxer.tables()));
            feed.pass(100);
        }
        assertTrue(feed.words(), feed.words().startsWith("NO_SIGNAL 10.0.0.5 is there, but its stream carries no pictures."));
    }

    @Test
    public void nothingThereIsSaidAfterAMoment() {
        assertTrue(feed.words(), feed.words().startsWith("CONNECTING Listening"));
        feed.pass(2_500);
        assertTrue(feed.words(), feed.words().startsWith("NO_DEVICE Nothing comes from an HDMI-over-IP box to 239.255.42.42:5004"));
        assertTrue(feed.words(), feed.words().contains("unicast"));
        Feed unicast = new Feed(Map.of("group", "", "sender", "192.168.1.238"));
        unicast.pass(2_500);
        assertTrue(unicast.words(), unicast.words().startsWith("NO_DEVICE Nothing comes from the box 192.168.1.238 to port 5004."));
    }

    @Test
    public void aLivePictureNeedsNoWords() {
        feed.group(5);
        assertEquals("", feed.words());
    }

    @Test
    public void aBoxThatStopsIsMissedByItsAddress() {
        feed.group(5);
        feed.pass(1_100);
        assertTrue(feed.words(), feed.words().startsWith("NO_DEVICE 10.0.0.5 stopped sending"));
    }

    @Test
    public void aV4BoxIsNamed() {
        feed.send(new byte[] {0x74, 0x47, 0x74, (byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0});
        assertTrue(feed.words(), feed.words().startsWith("NO_SIGNAL 10.0.0.5 is an LKV373A V4 box: its stream is encrypted"));
    }

    @Test
    public void emptyDatagramsAloneAreABoxWithoutAPicture() {
        feed.send(new byte[0]);
        assertTrue(feed.words(), feed.words().startsWith("NO_SIGNAL 10.0.0.5 is there, but sends empty datagrams only"));
    }

    @Test
    public void somethingElseIsToldApart() {
        feed.send(new byte[500]);
        assertTrue(feed.words(), feed.words().contains("no MPEG transport stream"));
    }

    @Test
    public void aShortStandstillIsNotSaidALongerOneIs() {
        feed.muxer.pesLengths(true);
        feed.group(3);
        List<byte[]> datagrams = feed.wire.datagrams(feed.muxer.frame(SyntheticVideo.unit(false, 1280, 720, 90, 9000), 0));
        feed.send(datagrams.subList(2, datagrams.size()));
        feed.frame(false, 1280, 720, 3000);
        assertEquals("", feed.words());
        feed.pass(400);
        feed.frame(false, 1280, 720, 3000);
        assertTrue(feed.words(), feed.words().startsWith("STALE Datagrams were lost"));
        feed.pass(10_000);
        feed.frame(false, 1280, 720, 3000);
        feed.frame(false, 1280, 720, 3000);
        assertTrue(feed.words(), feed.words().startsWith("CONNECTING Pictures come from 10.0.0.5, but no whole one for ten seconds"));
    }

    @Test
    public void theFirstKeyFrameIsWaitedForInWords() {
        feed.send(feed.wire.datagrams(feed.muxer.tables()));
        for (int i = 0; i < 20; i++) {
            feed.frame(false, 1280, 720, 3000);
        }
        assertTrue(feed.words(), feed.words().startsWith("STALE Pictures come from 10.0.0.5; the first whole one"));
    }

    @Test
    public void theBoxItselfSaysThatItHasNoSignal() {
        feed.group(3);
        for (int i = 0; i < 10; i++) {
            feed.pass(200);
            feed.send(feed.wire.datagrams(List.of(feed.muxer.status(false, false, 0, 0, 0))));
        }
        assertTrue(feed.words(), feed.words().startsWith("NO_SIGNAL 10.0.0.5 gets no picture"));
    }

    @Test
    public void copyProtectionIsNamedWhenNoPictureComes() {
        for (int i = 0; i < 10; i++) {
            feed.send(feed.wire.datagrams(feed.muxer.tables()));
            feed.send(feed.wire.datagrams(List.of(feed.muxer.status(true, true, 1920, 1080, 60_000))));
            feed.pass(200);
        }
        assertTrue(feed.words(), feed.words().contains("HDCP"));
    }

    @Test
    public void h265IsNamed() {
        feed.muxer.videoType(0x24);
        feed.group(3);
        assertTrue(feed.words(), feed.words().contains("sends H.265, which is not supported"));
    }
}
