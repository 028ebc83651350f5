package org.catseye.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.EncoderSettings;
import org.catseye.video.spi.VideoEncoder;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The contract that every encoder for slow lines must fulfil, beside that of a capture device. */
public abstract class VideoEncoderContract extends CaptureDeviceContract {

    protected static final long PATIENCE_MILLIS = 20_000;
    protected static final EncoderSettings LIMITS = new EncoderSettings(400, 12, 640, 240);
    private static final int STILL_FRAMES = 30;
    private static final int CLIP_FRAMES = 25;
    /** Drawn once for all tests. */
    private static final List<byte[]> CLIP = new ArrayList<>();
    /** The codec of the source. */
    private static final Codec JPEG = Codec.JPEG;

    /** The source: a red bar that moves over text, 1280x720. */
    protected ClipHub hub;

    /** Creates an encoder that works. */
    protected abstract VideoEncoder encoder();

    /** The codec of its frames. */
    protected abstract Codec output();

    /** Decodes the last picture. @param frames all that a viewer got; the first is a key frame */
    protected abstract BufferedImage decodeLast(List<FakeCaptureContext.Published> frames) throws Exception;

    /** The bytes of a frame that a viewer's line takes. @param before the frame that the viewer got before */
    protected int lineBytes(FakeCaptureContext.Published frame, FakeCaptureContext.Published before) {
        return frame.data().length;
    }

    @Before
    public final void playClip() throws Exception {
        synchronized (CLIP) {
            for (int i = CLIP.size(); i < CLIP_FRAMES; i++) {
                CLIP.add(draw(1280, 720, i * 40, Color.RED));
            }
        }
        hub = new ClipHub(CLIP, new VideoFormat(JPEG, 1280, 720));
    }

    @After
    public final void endClip() {
        if (hub != null) {
            hub.close();
        }
    }

    @Override
    protected final CaptureDevice device() {
        return encoder().createRendition(hub, LIMITS);
    }

    @Test
    public void theSmallPictureShowsTheSourceWithinTheLimits() throws Exception {
        start(device());
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().size() >= 36));
        List<FakeCaptureContext.Published> frames = context.frames().subList(0, 36);
        assertTrue("begins with a key frame", frames.get(0).key());
        for (FakeCaptureContext.Published frame : frames) {
            assertEquals(output(), frame.format().codec());
            assertTrue(frame.format().toString(), frame.format().width() <= 640 && frame.format().height() <= 360);
            assertEquals("the shape", 16.0 / 9, (double) frame.format().width() / frame.format().height(), 0.03);
        }
        BufferedImage last = decodeLast(frames);
        assertEquals(frames.get(35).format(), new VideoFormat(output(), last.getWidth(), last.getHeight()));
        assertColour(Color.WHITE, last.getRGB(last.getWidth() - 1, last.getHeight() * 35 / 36));
        double seconds = (frames.get(35).capturedNanos() - frames.get(11).capturedNanos()) / 1e9;
        assertTrue("24 frames in " + seconds + " s", seconds > 1.7);
        long bits = 0;
        for (int i = 12; i < 36; i++) {
            bits += 8L * lineBytes(frames.get(i), frames.get(i - 1));
        }
        assertTrue(bits / 1000 + " kbit in " + seconds + " s", bits < seconds * 500_000);
    }

    @Test
    public void aStillPictureBecomesSharpAndThenCostsNothing() throws Exception {
        hub.playClip(List.of(draw(640, 360, 100, Color.BLUE)), new VideoFormat(JPEG, 640, 360));
        start(device());
        assertTrue("the frames end", awaitRest(0));
        BufferedImage last = decodeLast(context.frames());
        assertEquals(640, last.getWidth());
        assertColour(Color.BLUE, last.getRGB(200, 180));
        double decibel = measureLikeness(last, ImageIO.read(new ByteArrayInputStream(draw(640, 360, 100, Color.BLUE))));
        assertTrue("signal to noise: " + decibel, decibel > 34);
        int before = context.frames().size();
        awaitOffered(STILL_FRAMES);
        assertEquals("nothing is encoded", before, context.frames().size());
    }

    @Test
    public void aPictureThatMovedBecomesSharpWhenItStops() throws Exception {
        start(device());
        assertTrue(frames(12));
        hub.playClip(List.of(draw(1280, 720, 500, Color.BLUE)), new VideoFormat(JPEG, 1280, 720));
        assertTrue("the frames end", awaitRest(13));
        BufferedImage last = decodeLast(context.frames());
        assertEquals(640, last.getWidth());
        assertColour(Color.BLUE, last.getRGB(300, 180));
        long bytes = 0;
        List<FakeCaptureContext.Published> frames = context.frames();
        for (int i = 13; i < frames.size(); i++) {
            bytes += lineBytes(frames.get(i), frames.get(i - 1));
        }
        assertTrue(bytes + " bytes until it was sharp", bytes < 300_000);
    }

    @Test
    public void aKeyFrameComesOnRequestEvenIfThePictureIsStill() throws Exception {
        hub.playClip(List.of(draw(640, 360, 100, Color.BLUE)), new VideoFormat(JPEG, 640, 360));
        start(device());
        assertTrue(awaitRest(0));
        for (int turn = 0; turn < 3; turn++) {
            int before = context.frames().size();
            context.wantKeyFrame();
            assertTrue("key frame " + turn, context.await(PATIENCE_MILLIS, c -> c.frames().stream().skip(before).anyMatch(FakeCaptureContext.Published::key)));
            assertTrue("which becomes sharp", awaitRest(before + 1));
            List<FakeCaptureContext.Published> since = context.frames().subList(before, context.frames().size());
            assertColour(Color.BLUE, decodeLast(since.stream().dropWhile(frame -> !frame.key()).toList()).getRGB(200, 180));
        }
    }

    @Test
    public void anotherSizeBeginsWithAKeyFrame() throws Exception {
        start(device());
        assertTrue(frames(3));
        hub.playClip(List.of(draw(401, 301, 10, Color.GREEN)), new VideoFormat(JPEG, 401, 301));
        VideoFormat even = new VideoFormat(output(), 400, 300);
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().stream().anyMatch(frame -> frame.format().equals(even))));
        assertTrue(context.frames().stream().filter(frame -> frame.format().equals(even)).findFirst().orElseThrow().key());
    }

    @Test
    public void stoppingEndsTheSubscription() throws Exception {
        start(device());
        assertTrue(frames(1));
        stopThread();
        assertEquals(0, hub.countSubscribers());
    }

    @Test
    public void theProcessorTimeIsReported() throws Exception {
        start(device());
        assertTrue(frames(12));
        assertTrue("processor time: " + context.processorNanos(), context.processorNanos() > 0);
        assertEquals(List.of(), context.breaches());
    }

    @Test
    public void theEncoderHasAName() {
        assertTrue(!encoder().displayName().isBlank());
    }

    /** Waits until the encoder has published nothing for a while. @param count of frames at least */
    private boolean awaitRest(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        int seen = -1;
        while (System.nanoTime() < end) {
            int now = context.frames().size();
            if (now == seen && now >= Math.max(1, count)) {
                return true;
            }
            seen = now;
            awaitOffered(STILL_FRAMES);
        }
        return false;
    }

    /** Waits until the source has offered so many frames. Nothing else happens meanwhile that could wake a waiting test. */
    private void awaitOffered(int frames) throws InterruptedException {
        long from = hub.offered();
        while (hub.offered() - from < frames) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** A console with a bar. @param at the bar's left edge */
    protected static byte[] draw(int width, int height, int at, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.BLACK);
        for (int line = 0; line < height / 20; line++) {
            graphics.drawString("Line " + line + " of a console, which has a lot of text to be read: " + new Random(line).nextLong(), 10, 20 * line + 15);
        }
        graphics.setColor(colour);
        graphics.fillRect(at, height / 4, 200, height / 2);
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    protected static void assertColour(Color expected, int rgb) {
        assertTrue(new Color(rgb).toString(), measureDistance(expected, rgb) < 40);
    }

    /** How far apart two colours are, 0 to 765. */
    protected static int measureDistance(Color expected, int rgb) {
        Color found = new Color(rgb);
        return Math.abs(expected.getRed() - found.getRed()) + Math.abs(expected.getGreen() - found.getGreen()) + Math.abs(expected.getBlue() - found.getBlue());
    }

    /** The peak signal to noise ratio of green, in decibel. */
    private static double measureLikeness(BufferedImage one, BufferedImage other) {
        long error = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int difference = (one.getRGB(x, y) >> 8 & 0xff) - (other.getRGB(x, y) >> 8 & 0xff);
                error += (long) difference * difference;
            }
        }
        return 10 * Math.log10(255.0 * 255 / (error / ((double) one.getWidth() * one.getHeight())));
    }
}
