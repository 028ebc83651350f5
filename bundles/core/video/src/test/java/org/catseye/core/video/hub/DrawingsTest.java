package org.catseye.core.video.hub;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.core.video.memory.MemoryBudget;
import org.catseye.core.video.placeholder.PlaceholderPictures;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.IncomingSignal;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class DrawingsTest {

    private static final VideoFormat JPEG = new VideoFormat(Codec.JPEG, 640, 480);
    private static final VideoFormat DRAWING = new VideoFormat(Codec.DRAWING, 640, 480);
    private static final Set<Codec> PAGE = EnumSet.of(Codec.JPEG, Codec.H264, Codec.DRAWING);

    private final ScheduledExecutorService painting = Executors.newSingleThreadScheduledExecutor();
    private final BufferPool pool = new BufferPool(4_000_000, 1_000_000, new MemoryBudget(Long.MAX_VALUE));
    private final Hub hub = new Hub("default", pool, 1_000_000, new PlaceholderPictures(painting));
    private final HubInput input = hub.openInput();
    private int keyFrameRequests;

    @Before
    public void selectInput() {
        hub.selectInput(input, "", IncomingSignal.UNKNOWN);
        hub.setSource(Optional.of(new Source() {
            @Override
            public void wakeDriver() {
            }

            @Override
            public void requestKeyFrame() {
                keyFrameRequests++;
            }
        }));
    }

    @After
    public void stop() {
        hub.close();
        painting.shutdownNow();
    }

    private static void publish(HubInput by, VideoFormat format) {
        FrameBuffer buffer = by.acquireBuffer(10);
        buffer.writableBytes().putInt(0);
        by.publishFrame(buffer, format, format.codec() == Codec.JPEG, 0);
    }

    private static String take(Subscription viewer) {
        Optional<Frame> frame = viewer.nextFrame();
        frame.ifPresent(Frame::close);
        return frame.map(taken -> taken.format().codec().name()).orElse("none");
    }

    @Test
    public void aDrawingDoesNotChangeTheState() {
        publish(input, JPEG);
        Subscription viewer = hub.subscribe(() -> { }, PAGE);
        publish(input, DRAWING);
        assertEquals(Optional.of(JPEG), hub.currentState().format());
        assertEquals("JPEG", take(viewer));
        assertEquals("DRAWING", take(viewer));
        assertEquals(0, keyFrameRequests);
    }

    @Test
    public void aViewerWithoutDrawingsAsksForAPicture() {
        publish(input, JPEG);
        Subscription page = hub.subscribe(() -> { }, PAGE);
        assertTrue(hub.acceptsDrawings());
        publish(input, DRAWING);
        Subscription snapshot = hub.subscribe(() -> { }, EnumSet.of(Codec.JPEG));
        assertFalse(hub.acceptsDrawings());
        assertEquals("none", take(snapshot));
        assertEquals("none", take(snapshot));
        assertEquals("once", 1, keyFrameRequests);
        publish(input, JPEG);
        assertEquals("JPEG", take(snapshot));
        assertEquals("JPEG", take(page));
        snapshot.close();
        assertTrue(hub.acceptsDrawings());
    }

    @Test
    public void aDrawingOnAnotherPictureIsDropped() {
        publish(input, JPEG);
        Subscription viewer = hub.subscribe(() -> { }, PAGE);
        take(viewer);
        publish(input, new VideoFormat(Codec.DRAWING, 800, 600));
        assertEquals("of another size", "none", take(viewer));
        assertEquals(1, keyFrameRequests);
        HubInput other = hub.openInput();
        hub.selectInput(other, "", IncomingSignal.UNKNOWN);
        publish(other, DRAWING);
        assertEquals("of another device", "none", take(viewer));
        assertEquals(2, keyFrameRequests);
        publish(other, JPEG);
        publish(other, DRAWING);
        assertEquals("JPEG", take(viewer));
        assertEquals("DRAWING", take(viewer));
        other.showCondition(Condition.NO_SIGNAL, "The cable is out.");
        publish(other, DRAWING);
        assertEquals("after the picture was gone", 3, keyFrameRequests);
    }
}
