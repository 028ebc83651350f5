package org.catseye.capture.lkv373a.source;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.catseye.testkit.lkv.SyntheticVideo;
import org.junit.Test;

public class SignalReportTest {

    private final Feed feed = new Feed();

    @Test
    public void newStreamIsSearchedBeforeMissingPicturesAreReported() {
        feed.send(feed.packer.packDatagrams(feed.muxer.createTables()));
        assertEquals("CONNECTING A stream comes from 10.0.0.5; looking for pictures in it.", feed.report());
        for (int i = 0; i < 25; i++) {
            feed.send(feed.packer.packDatagrams(feed.muxer.createTables()));
            feed.advanceTime(100);
        }
        assertTrue(feed.report(), feed.report().startsWith("NO_SIGNAL 10.0.0.5 is there, but its stream contains no pictures."));
    }

    @Test
    public void missingBoxIsReportedAfterAMoment() {
        assertTrue(feed.report(), feed.report().startsWith("CONNECTING Listening"));
        feed.advanceTime(2_500);
        assertTrue(feed.report(), feed.report().startsWith("NO_DEVICE Nothing comes from an HDMI-over-IP box to 239.255.42.42:5004"));
        assertTrue(feed.report(), feed.report().contains("unicast"));
        Feed unicast = new Feed(Map.of("group", "", "sender", "192.168.1.238"));
        unicast.advanceTime(2_500);
        assertTrue(unicast.report(), unicast.report().startsWith("NO_DEVICE Nothing comes from the box 192.168.1.238 to port 5004."));
    }

    @Test
    public void livePictureNeedsNoReport() {
        feed.sendGroup(5);
        assertEquals("", feed.report());
    }

    @Test
    public void boxThatStopsIsReportedWithItsAddress() {
        feed.sendGroup(5);
        feed.advanceTime(1_100);
        assertTrue(feed.report(), feed.report().startsWith("NO_DEVICE 10.0.0.5 stopped sending"));
    }

    @Test
    public void v4BoxIsReported() {
        feed.send(new byte[] {0x74, 0x47, 0x74, (byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0});
        assertTrue(feed.report(), feed.report().startsWith("NO_SIGNAL 10.0.0.5 is an LKV373A V4 box: its stream is encrypted"));
    }

    @Test
    public void onlyEmptyDatagramsMeanABoxWithoutAPicture() {
        feed.send(new byte[0]);
        assertTrue(feed.report(), feed.report().startsWith("NO_SIGNAL 10.0.0.5 is there, but sends only empty datagrams"));
    }

    @Test
    public void otherDataIsReported() {
        feed.send(new byte[500]);
        assertTrue(feed.report(), feed.report().contains("no MPEG transport stream"));
    }

    @Test
    public void onlyALongerStandstillIsReported() {
        feed.muxer.withPesLengths(true);
        feed.sendGroup(3);
        List<byte[]> datagrams = feed.packer.packDatagrams(feed.muxer.createFrame(SyntheticVideo.createUnit(false, 1280, 720, 90, 9000), 0));
        feed.send(datagrams.subList(2, datagrams.size()));
        feed.sendFrame(false, 1280, 720, 3000);
        assertEquals("", feed.report());
        feed.advanceTime(400);
        feed.sendFrame(false, 1280, 720, 3000);
        assertTrue(feed.report(), feed.report().startsWith("STALE Datagrams were lost"));
        feed.advanceTime(10_000);
        feed.sendFrame(false, 1280, 720, 3000);
        feed.sendFrame(false, 1280, 720, 3000);
        assertTrue(feed.report(), feed.report().startsWith("CONNECTING Pictures come from 10.0.0.5, but none was complete for ten seconds"));
    }

    @Test
    public void waitForTheFirstKeyFrameIsReported() {
        feed.send(feed.packer.packDatagrams(feed.muxer.createTables()));
        for (int i = 0; i < 20; i++) {
            feed.sendFrame(false, 1280, 720, 3000);
        }
        assertTrue(feed.report(), feed.report().startsWith("STALE Pictures come from 10.0.0.5; the first complete one"));
    }

    @Test
    public void missingSignalIsReportedFromTheBoxStatus() {
        feed.sendGroup(3);
        for (int i = 0; i < 10; i++) {
            feed.advanceTime(200);
            feed.send(feed.packer.packDatagrams(List.of(feed.muxer.createStatus(false, false, 0, 0, 0))));
        }
        assertTrue(feed.report(), feed.report().startsWith("NO_SIGNAL 10.0.0.5 gets no picture"));
    }

    @Test
    public void copyProtectionIsReportedWithoutAPicture() {
        for (int i = 0; i < 10; i++) {
            feed.send(feed.packer.packDatagrams(feed.muxer.createTables()));
            feed.send(feed.packer.packDatagrams(List.of(feed.muxer.createStatus(true, true, 1920, 1080, 60_000))));
            feed.advanceTime(200);
        }
        assertTrue(feed.report(), feed.report().contains("HDCP"));
    }

    @Test
    public void h265IsReported() {
        feed.muxer.withVideoType(0x24);
        feed.sendGroup(3);
        assertTrue(feed.report(), feed.report().contains("sends H.265, which is not supported"));
    }
}
