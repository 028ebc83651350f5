package org.catseye.ffmpeg.jpeg;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.catseye.testkit.CaptureDeviceContract;
import org.catseye.testkit.ClipHub;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.VideoFile;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FfmpegTranscoderTest extends CaptureDeviceContract {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();
    private static final long PATIENCE_MILLIS = 20_000;
    private static List<byte[]> clip;
    private static List<byte[]> wide;

    private ClipHub hub;

    @Before
    public void encodeOnce() throws Exception {
        assumeTrue("no ffmpeg with libx264 on this machine", VideoFile.isSupported());
        if (clip == null) {
            Path folder = FOLDER.getRoot().toPath();
            clip = VideoFile.readUnits(VideoFile.encodeVideo(folder.resolve("clip.h264"), 640, 360, 30, 60, 60, "-x264-params", "aud=1"));
            wide = VideoFile.readUnits(VideoFile.encodeVideo(folder.resolve("wide.h264"), 1280, 720, 30, 30, 30, "-x264-params", "aud=1"));
        }
        hub = new ClipHub(clip, new VideoFormat(Codec.H264, 640, 360));
    }

    @After
    public void endHub() {
        if (hub != null) {
            hub.close();
        }
    }

    @Override
    protected CaptureDevice device() {
        return new FfmpegRenderer(Map.of("framesPerSecond", 30)).createRendition(hub);
    }

    @Test
    public void theJpegShowsTheSourcesPicture() throws Exception {
        start(device());
        assertTrue(frames(5));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(context.frames().get(4).data()));
        assertEquals(640, image.getWidth());
        assertEquals(360, image.getHeight());
        int colours = (int) java.util.stream.IntStream.range(0, 640).map(x -> image.getRGB(x, 180) >> 16 & 0xf0).distinct().count();
        assertTrue("a test picture, not a grey one: " + colours, colours > 4);
        assertEquals(new VideoFormat(Codec.JPEG, 640, 360), context.frames().get(4).format());
    }

    @Test
    public void eachJpegIsCompleteBeforeTheNextFrameIsWritten() throws Exception {
        hub.setPaused(true);
        start(device());
        assertTrue(awaitSubscriber());
        for (int i = 1; i <= 10; i++) {
            int count = i;
            hub.offerOneFrame();
            assertTrue("JPEG " + i, context.await(PATIENCE_MILLIS, c -> c.frames().size() == count));
        }
    }

    @Test
    public void theConfiguredFrameRateIsTheUpperLimit() throws Exception {
        start(new FfmpegRenderer(Map.of("framesPerSecond", 5)).createRendition(hub));
        assertTrue(frames(10));
        long nanos = context.frames().get(9).capturedNanos() - context.frames().get(0).capturedNanos();
        assertTrue("nine steps took " + nanos / 1_000_000 + " ms", nanos > 1_300_000_000L);
    }

    @Test
    public void aNewPictureSizeStartsANewDecoder() throws Exception {
        start(device());
        assertTrue(frames(3));
        hub.playClip(wide, new VideoFormat(Codec.H264, 1280, 720));
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().stream()
            .anyMatch(frame -> frame.format().equals(new VideoFormat(Codec.JPEG, 1280, 720)))));
    }

    @Test
    public void damagedFramesDoNotStopTheDecoder() throws Exception {
        start(device());
        assertTrue(frames(3));
        byte[] damaged = {0, 0, 0, 1, 0x41, 1, 2, 3};
        hub.playClip(clip.stream().map(unit -> unit.length % 3 == 0 && unit != clip.get(0) ? damaged : unit).toList(),
            new VideoFormat(Codec.H264, 640, 360));
        int before = context.frames().size();
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().size() > before + 30));
    }

    @Test
    public void stoppingLeavesNoChildAndNoSubscription() throws Exception {
        start(device());
        assertTrue(frames(1));
        assertTrue("a child", countChildren() > 0);
        stopThread();
        assertEquals(0, hub.countSubscribers());
        assertEquals("children left", 0, countChildren());
    }

    @Test
    public void aMissingProgramIsReportedWithTheRemedy() {
        CaptureDevice device = new FfmpegRenderer(Map.of("program", "no-such-ffmpeg")).createRendition(hub);
        FakeCaptureContext own = new FakeCaptureContext();
        IOException e = assertThrows(IOException.class, () -> device.capture(own));
        assertTrue(e.getMessage(), e.getMessage().contains("apt-get install ffmpeg"));
        assertEquals(Signal.NO_DEVICE, own.signals().get(0).signal());
    }

    @Test
    public void theErrorOfAFailedProgramIsQuoted() {
        CaptureDevice device = new FfmpegRenderer(Map.of("program", "/bin/ls")).createRendition(hub);
        IOException e = assertThrows(IOException.class, () -> device.capture(new FakeCaptureContext()));
        assertTrue(e.getMessage(), e.getMessage().contains("ffmpeg reported: "));
    }

    @Test
    public void aBadValueIsReported() {
        CaptureDevice device = new FfmpegRenderer(Map.of("quality", "best")).createRendition(hub);
        IOException e = assertThrows(IOException.class, () -> device.capture(new FakeCaptureContext()));
        assertEquals("org.catseye.jpeg.ffmpeg: quality is 'best'; it has to be a whole number from 2 to 31", e.getMessage());
    }

    private boolean awaitSubscriber() {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (hub.countSubscribers() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return hub.countSubscribers() == 1;
    }

    private static long countChildren() {
        return ProcessHandle.current().children().map(child -> child.info().command().orElse(""))
            .filter(command -> command.endsWith("ffmpeg") || command.endsWith("sh")).count();
    }
}
