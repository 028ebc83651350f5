package org.catseye.capture.lkv373a.source;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.util.List;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.VideoFile;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Passes access units that ffmpeg encoded through the emulated box and the source. */
public class FfmpegPassThroughTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void skipWithoutFfmpeg() {
        assumeTrue("no ffmpeg with libx264 on this machine", VideoFile.isSupported());
    }

    @Test
    public void encodedUnitsPassThroughUnchanged() throws Exception {
        List<byte[]> units = VideoFile.readUnits(VideoFile.encodeVideo(folder.getRoot().toPath().resolve("way.h264"), 640, 360, 30, 90, 30, "-x264-params", "aud=1"));
        for (boolean rtp : new boolean[] {false, true}) {
            Feed feed = new Feed();
            feed.packer.useRtp(rtp).sendEmptyDatagrams(true).setReorderingRate(rtp ? 0.1 : 0);
            feed.send(feed.packer.packDatagrams(feed.muxer.createTables()));
            for (int i = 0; i < units.size(); i++) {
                feed.send(feed.packer.packDatagrams(feed.muxer.createFrame(units.get(i), 3000L * i)));
                feed.advanceTime(33);
            }
            List<FakeCaptureContext.Published> frames = feed.context.frames();
            assertTrue(frames.size() + " of " + units.size(), frames.size() >= units.size() - 1);
            for (int i = 0; i < frames.size(); i++) {
                assertArrayEquals("unit " + i, units.get(i), frames.get(i).data());
                assertEquals("unit " + i, i % 30 == 0, frames.get(i).key());
            }
            feed.source.close();
        }
    }
}
