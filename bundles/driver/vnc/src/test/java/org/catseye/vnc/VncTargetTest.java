package org.catseye.vnc;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.catseye.hid.HidState.Feature;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.FakeHidFeedback;
import org.catseye.video.Codec;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class VncTargetTest {

    private static final long PATIENCE = 15_000;
    private static final int RECONNECTS = Integer.getInteger("catseye.reconnects", 50);
    /** Sockets of the fake server that are not collected yet, and what the JVM opens meanwhile. */
    private static final int SPARE_DESCRIPTORS = 20;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private FakeVncServer server;
    private VncTarget target;
    private Thread thread;

    @Before
    public void startServer() throws Exception {
        server = new FakeVncServer();
    }

    @After
    public void stopAll() throws Exception {
        context.stop();
        if (thread != null) {
            thread.interrupt();
            thread.join(PATIENCE);
        }
        if (target != null) {
            target.closeTarget();
        }
        server.close();
    }

    private void watch(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of("host", "127.0.0.1", "port", server.port(), "kvm.target", "vm"));
        properties.putAll(more);
        target = new VncTarget(properties);
        thread = new Thread(() -> {
            try {
                target.capture(context);
            } catch (Exception e) {
                context.reportSignal(Signal.NO_SIGNAL, "thrown: " + e.getMessage());
            }
        }, "capture-test");
        thread.start();
    }

    private int lastColour() throws Exception {
        List<FakeCaptureContext.Published> frames = context.frames();
        if (frames.isEmpty()) {
            return -1;
        }
        return ImageIO.read(new ByteArrayInputStream(frames.get(frames.size() - 1).data())).getRGB(5, 5) & 0xffffff;
    }

    private boolean shows(int rgb) {
        try {
            int colour = lastColour();
            return colour >= 0 && Math.abs((colour & 0xff) - (rgb & 0xff)) < 6 && Math.abs((colour >> 16) - (rgb >> 16)) < 6;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void withoutViewersThereIsNoConnectionAndNoRequest() throws Exception {
        context.viewers(0);
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> !c.signals().isEmpty()));
        assertEquals(0, server.connections());
        context.viewers(1);
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        context.viewers(0);
        server.showColour(0x0000ff);
        Thread.sleep(300);
        int requests = server.requests();
        for (int i = 0; i < 5; i++) {
            server.showColour(0x00ff00 + i);
        }
        Thread.sleep(300);
        assertEquals("a change without viewers is not asked for", requests, server.requests());
        context.viewers(1);
        assertTrue("the newest picture for a new viewer", context.await(PATIENCE, c -> shows(0x00ff04)));
        assertEquals("the connection was kept", 1, server.connections());
    }

    @Test
    public void anUnchangedScreenSendsNothing() throws Exception {
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        Thread.sleep(500);
        assertEquals(1, context.frames().size());
        server.showColour(0x405060);
        assertTrue(context.await(PATIENCE, c -> shows(0x405060)));
    }

    @Test
    public void theSizeFollowsTheServer() throws Exception {
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        server.resize(101, 77);
        assertTrue(context.await(PATIENCE, c -> c.frames().get(c.frames().size() - 1).format().width() == 101 && shows(0x102030)));
        assertEquals(77, context.frames().get(context.frames().size() - 1).format().height());
        assertEquals("101x77p", context.reportIncomingSignal().picture().orElseThrow().description());
    }

    @Test
    public void aJpegOfTheWholeScreenPassesUndecoded() throws Exception {
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        int before = context.frames().size();
        server.showJpeg(jpeg.toByteArray());
        assertTrue(context.await(PATIENCE, c -> c.frames().size() > before));
        assertArrayEquals(jpeg.toByteArray(), context.frames().get(before).data());
        server.showColour(0xff0000);
        assertTrue(context.await(PATIENCE, c -> shows(0xff0000)));
    }

    private FakeCaptureContext.Published awaitFrame(int number) throws Exception {
        assertTrue("frame " + number, context.await(PATIENCE, c -> c.frames().size() > number));
        return context.frames().get(number);
    }

    @Test
    public void viewersOfDrawingsGetChangesAsDrawings() throws Exception {
        context.showDrawings(true);
        watch(Map.of());
        assertEquals("first a picture", Codec.JPEG, awaitFrame(0).format().codec());
        assertTrue(server.await(server::isAwaited));
        server.showColour(0x405060);
        DrawnPicture viewer = new DrawnPicture();
        viewer.show(awaitFrame(0));
        assertEquals(Codec.DRAWING, awaitFrame(1).format().codec());
        viewer.show(awaitFrame(1));
        assertEquals("exact", 0x405060, viewer.pixels()[0]);
        assertTrue(server.await(server::isAwaited));
        server.copyUpperHalf(0xff0000);
        viewer.show(awaitFrame(2));
        assertEquals(1, viewer.copies());
        assertEquals(0xff0000, viewer.pixels()[0]);
        assertEquals(0x405060, viewer.pixels()[64 * 24]);
    }

    @Test
    public void aKeyFrameIsAWholePictureAtOnce() throws Exception {
        context.showDrawings(true);
        watch(Map.of());
        awaitFrame(0);
        assertTrue(server.await(server::isAwaited));
        server.showColour(0x405060);
        assertEquals(Codec.DRAWING, awaitFrame(1).format().codec());
        context.wantKeyFrame();
        assertEquals(Codec.JPEG, awaitFrame(2).format().codec());
        assertTrue("with what was drawn", shows(0x405060));
        assertTrue(server.await(server::isAwaited));
        context.showDrawings(false);
        server.showColour(0x00ff00);
        assertEquals("for a viewer of JPEG", Codec.JPEG, awaitFrame(3).format().codec());
        assertTrue(shows(0x00ff00));
    }

    @Test
    public void afterALostDrawingThereIsAWholePicture() throws Exception {
        context.showDrawings(true);
        watch(Map.of());
        awaitFrame(0);
        assertTrue(server.await(server::isAwaited));
        context.exhausted(true);
        server.showColour(0x405060);
        assertTrue(context.await(PATIENCE, c -> c.reportLostFrames() > 0));
        context.exhausted(false);
        assertEquals(Codec.JPEG, awaitFrame(1).format().codec());
        assertTrue(shows(0x405060));
    }

    @Test
    public void anotherSizeBeginsWithAWholePicture() throws Exception {
        context.showDrawings(true);
        watch(Map.of());
        awaitFrame(0);
        assertTrue(server.await(server::isAwaited));
        server.resize(101, 77);
        assertTrue(context.await(PATIENCE, c -> c.frames().get(c.frames().size() - 1).format().width() == 101));
        DrawnPicture viewer = new DrawnPicture();
        for (FakeCaptureContext.Published frame : context.frames()) {
            viewer.show(frame);
        }
        assertEquals(77, viewer.height());
    }

    @Test
    public void aServerThatStopsAndComesBackIsFollowed() throws Exception {
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        server.close();
        assertTrue(context.await(PATIENCE, c -> c.signals().stream().anyMatch(s -> s.signal() == Signal.NO_DEVICE && s.reason().contains("was lost: The server closed"))));
        assertFalse(target.checkItems().stream().allMatch(item -> item.ok()));
        server = new FakeVncServer(server.port());
        server.showColour(0x00aa00);
        assertTrue(context.await(PATIENCE, c -> shows(0x00aa00)));
        assertTrue(target.checkItems().toString(), target.checkItems().stream().allMatch(item -> item.ok()));
    }

    @Test
    public void aServerThatBreaksTheProtocolIsNamed() throws Exception {
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        server.sendGarbage();
        assertTrue(context.await(PATIENCE, c -> c.signals().stream().anyMatch(s -> s.reason().contains("unknown type 77"))));
        assertTrue("and tried again", server.await(() -> server.connections() == 2));
    }

    @Test
    public void aScreenThatIsTooLargeIsRefusedInWords() throws Exception {
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        server.resize(8000, 8000);
        assertTrue(context.await(PATIENCE, c -> c.signals().stream().anyMatch(s -> s.reason().contains("needs more memory"))));
    }

    @Test
    public void viewOnlyTakesNoInput() throws Exception {
        watch(Map.of("viewOnly", "true"));
        FakeHidFeedback feedback = new FakeHidFeedback();
        target.attach(feedback);
        assertEquals(Set.of(), target.supportedFeatures());
        assertTrue(feedback.events().toString(), feedback.events().get(0).contains("viewing only"));
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
    }

    @Test
    public void screenAndInputShareAConnection() throws Exception {
        watch(Map.of());
        FakeHidFeedback feedback = new FakeHidFeedback();
        target.attach(feedback);
        assertTrue(feedback.await(PATIENCE, FakeHidFeedback::isReady));
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        assertTrue(target.supportedFeatures().contains(Feature.LEDS));
        assertEquals(1, server.connections());
    }

    @Test
    public void reconnectsLeakNothing() throws Exception {
        watch(Map.of());
        assertTrue(context.await(PATIENCE, c -> shows(0x102030)));
        int descriptors = countDescriptors();
        int threads = Thread.activeCount();
        for (int i = 1; i <= RECONNECTS; i++) {
            int colour = i % 2 == 0 ? 0x800000 : 0x000080;
            server.disconnectClient();
            server.showColour(colour);
            assertTrue("connection " + i, context.await(PATIENCE, c -> shows(colour)));
        }
        assertEquals(RECONNECTS + 1, server.connections());
        assertTrue("descriptors: " + descriptors + " before, " + countDescriptors() + " now", countDescriptors() < descriptors + SPARE_DESCRIPTORS);
        assertTrue("threads", Thread.activeCount() <= threads + 1);
    }

    private static int countDescriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }
}
