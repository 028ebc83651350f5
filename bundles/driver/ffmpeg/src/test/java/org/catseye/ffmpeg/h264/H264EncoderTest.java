package org.catseye.ffmpeg.h264;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.VideoEncoderContract;
import org.catseye.testkit.lkv.VideoFile;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.VideoEncoder;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The encoder with the ffmpeg of this machine. */
public class H264EncoderTest extends VideoEncoderContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void requireFfmpeg() {
        assumeTrue("no ffmpeg with libx264 on this machine", VideoFile.isSupported());
    }

    @Override
    protected VideoEncoder encoder() {
        return new H264Encoder(Map.of());
    }

    @Override
    protected Codec output() {
        return Codec.H264;
    }

    @Override
    protected BufferedImage decodeLast(List<FakeCaptureContext.Published> frames) throws Exception {
        Path file = folder.newFile().toPath();
        try (var out = Files.newOutputStream(file)) {
            for (FakeCaptureContext.Published frame : frames) {
                out.write(frame.data());
            }
        }
        Path picture = folder.getRoot().toPath().resolve("last-" + System.nanoTime() + ".png");
        Process decoder = new ProcessBuilder("ffmpeg", "-v", "error", "-f", "h264", "-i", file.toString(), "-update", "1", picture.toString()).inheritIO().start();
        assertTrue(decoder.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, decoder.exitValue());
        return ImageIO.read(picture.toFile());
    }

    @Test
    public void framesAfterTheFirstDependOnOthers() throws Exception {
        start(device());
        assertTrue(frames(6));
        assertFalse(context.frames().get(1).key());
        assertEquals(new VideoFormat(Codec.H264, 640, 360), context.frames().get(5).format());
    }

    @Test
    public void aHangingEncoderIsReportedAndReplaced() throws Exception {
        start(device());
        assertTrue(frames(3));
        ProcessHandle child = ProcessHandle.current().children().filter(one -> one.info().command().orElse("").endsWith("ffmpeg")).findFirst().orElseThrow();
        new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor();
        assertTrue("the hub learns it", context.await(PATIENCE_MILLIS, c -> c.signals().stream().anyMatch(signal -> signal.signal() == Signal.STALE)));
        assertTrue("and it is killed", child.onExit().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) != null);
        assertTrue(failure().getMessage(), failure().getMessage().contains("is being restarted"));
    }

    @Test
    public void aKilledEncoderIsAFailureInWords() throws Exception {
        start(device());
        assertTrue(frames(3));
        ProcessHandle.current().children().filter(one -> one.info().command().orElse("").endsWith("ffmpeg")).forEach(ProcessHandle::destroyForcibly);
        assertTrue(failure().getMessage(), failure().getMessage().startsWith("The H.264 encoder ended and is being restarted."));
    }

    @Test
    public void stoppingLeavesNoChild() throws Exception {
        start(device());
        assertTrue(frames(1));
        stopThread();
        assertEquals(0, ProcessHandle.current().children().filter(one -> one.info().command().orElse("").endsWith("ffmpeg")).count());
    }

    @Test
    public void aMissingProgramIsReportedWithTheRemedy() {
        CaptureDevice device = new H264Encoder(Map.of("program", "no-such-ffmpeg")).createRendition(hub, LIMITS);
        FakeCaptureContext own = new FakeCaptureContext();
        IOException e = assertThrows(IOException.class, () -> device.capture(own));
        assertTrue(e.getMessage(), e.getMessage().contains("apt-get install ffmpeg"));
        assertEquals(Signal.NO_DEVICE, own.signals().get(0).signal());
    }

    @Test
    public void theErrorOfFfmpegIsQuoted() throws Exception {
        start(new H264Encoder(Map.of("encoder", "h264_v4l2m2m")).createRendition(hub, LIMITS));
        assertTrue(failure().getMessage(), failure().getMessage().contains("ffmpeg reported: "));
    }

    @Test
    public void aMissingGraphicsCardIsNamed() throws Exception {
        CaptureDevice device = new H264Encoder(Map.of("encoder", "h264_vaapi", "renderDevice", "/dev/dri/none")).createRendition(hub, LIMITS);
        FakeCaptureContext own = new FakeCaptureContext();
        IOException e = assertThrows(IOException.class, () -> device.capture(own));
        assertTrue(e.getMessage(), e.getMessage().startsWith("There is no graphics card /dev/dri/none."));
        assertEquals(Signal.NO_DEVICE, own.signals().get(0).signal());
    }

    @Test
    public void aBadValueIsReported() {
        CaptureDevice device = new H264Encoder(Map.of("encoder", "x265")).createRendition(hub, LIMITS);
        IOException e = assertThrows(IOException.class, () -> device.capture(new FakeCaptureContext()));
        assertEquals("org.catseye.ffmpeg.h264: encoder is 'x265'; it has to be libx264, h264_v4l2m2m or h264_vaapi", e.getMessage());
    }

    @Test
    public void theKeyFrameIsFoundByItsFirstSlice() {
        byte[] key = {0, 0, 0, 1, 0x67, 1, 0, 0, 0, 1, 0x68, 2, 0, 0, 1, 6, 5, 0, 0, 1, 0x65, 9};
        byte[] other = {0, 0, 0, 1, 6, 5, 0, 0, 1, 0x41, 9, 0, 0, 1, 0x65};
        assertTrue(AccessUnitReader.isKeyFrame(ByteBuffer.wrap(key), key.length));
        assertFalse(AccessUnitReader.isKeyFrame(ByteBuffer.wrap(other), other.length));
    }
}
