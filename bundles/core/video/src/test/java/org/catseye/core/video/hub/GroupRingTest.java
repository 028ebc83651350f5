package org.catseye.core.video.hub;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.core.video.memory.MemoryBudget;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class GroupRingTest {

    private static final VideoFormat JPEG = new VideoFormat(Codec.JPEG, 640, 480);
    private static final VideoFormat H264 = new VideoFormat(Codec.H264, 640, 480);
    private static final VideoFormat DRAWING = new VideoFormat(Codec.DRAWING, 640, 480);
    private static final Set<Codec> ANY = EnumSet.allOf(Codec.class);

    private final BufferPool pool = new BufferPool(10_000_000, 100_000, new MemoryBudget(Long.MAX_VALUE));
    private GroupRing ring = new GroupRing(10_000_000);
    private long sequence;

    @Test
    public void jpegViewerGetsTheNewestAndSkipsTheRest() {
        add(JPEG, true, 10);
        add(JPEG, true, 10);
        add(JPEG, true, 10);
        assertEquals(3, take(1));
        assertFalse(ring.nextFrame(at(3), ANY).isPresent());
    }

    @Test
    public void skippedJpegFramesGoBackToThePool() {
        add(JPEG, true, 10);
        add(JPEG, true, 10);
        assertEquals(1, pool.freeBufferCount());
    }

    @Test
    public void h264ViewerGetsTheGroupInOrder() {
        add(H264, true, 10);
        add(H264, false, 10);
        add(H264, false, 10);
        assertEquals(1, take(0));
        assertEquals(2, take(1));
        assertEquals(3, take(2));
        assertFalse(ring.nextFrame(at(3), ANY).isPresent());
    }

    @Test
    public void whereKeyFramesAreMadeAtOnceAViewerSkipsToOneSooner() {
        ring.limitBehind(6);
        add(H264, true, 10);
        ViewerPosition viewer = new ViewerPosition();
        ring.nextFrame(viewer, ANY).orElseThrow().close();
        for (int i = 0; i < 6; i++) {
            add(H264, false, 10);
        }
        ring.nextFrame(viewer, ANY).orElseThrow().close();
        assertEquals("six behind is near enough", 2, viewer.lastSequence());
        add(H264, false, 10);
        add(H264, false, 10);
        add(H264, false, 10);
        assertFalse(ring.nextFrame(viewer, ANY).isPresent());
        assertTrue(viewer.isWaitingForKeyFrame());
        add(H264, true, 10);
        ring.nextFrame(viewer, ANY).orElseThrow().close();
        assertEquals(11, viewer.lastSequence());
    }

    @Test
    public void lateJoinerBeginsAtTheKeyFrame() {
        add(H264, true, 10);
        add(H264, false, 10);
        assertEquals(1, take(0));
    }

    @Test
    public void viewerThatMissedAGroupResumesAtTheNextKeyFrame() {
        add(H264, true, 10);
        add(H264, false, 10);
        add(H264, true, 10);
        add(H264, false, 10);
        assertEquals(3, take(1));
        assertEquals(4, take(3));
    }

    @Test
    public void beyondItsBytesTheRingServesOnlyWhoKeptUp() {
        // Buffers of 80, 48 and 48 KiB.
        ring = new GroupRing(150_000);
        add(H264, true, 60_000);
        add(H264, false, 30_000);
        add(H264, false, 30_000);
        assertEquals("who had the first goes on", 2, take(1));
        assertEquals(3, take(2));
        assertFalse("a joiner waits for a key frame", ring.nextFrame(new ViewerPosition(), ANY).isPresent());
        add(H264, true, 10);
        assertEquals(4, take(0));
    }

    @Test
    public void whoIsSecondsBehindWaitsForTheNextKeyFrame() {
        add(H264, true, 10);
        for (int i = 0; i < GroupRing.MAX_BEHIND + 1; i++) {
            add(H264, false, 10);
        }
        assertFalse(ring.nextFrame(at(1), ANY).isPresent());
        add(H264, true, 10);
        assertEquals(sequence, take(1));
    }

    @Test
    public void whoJoinsInTheMiddleOfALongGroupGoesThroughAllOfIt() {
        add(H264, true, 10);
        for (int i = 0; i < 3 * GroupRing.MAX_BEHIND; i++) {
            add(H264, false, 10);
        }
        ViewerPosition joiner = new ViewerPosition();
        for (long expected = 1; expected <= sequence; expected++) {
            try (Frame frame = ring.nextFrame(joiner, ANY).get()) {
                assertEquals(expected, frame.sequence());
            }
        }
        assertFalse(ring.nextFrame(joiner, ANY).isPresent());
    }

    @Test
    public void aJoinerWhoIsSlowerThanTheSourceIsNotLateForGood() {
        add(H264, true, 10);
        for (int i = 0; i < 2 * GroupRing.MAX_BEHIND; i++) {
            add(H264, false, 10);
        }
        ViewerPosition joiner = new ViewerPosition();
        int taken = 0;
        while (ring.nextFrame(joiner, ANY).map(this::closed).isPresent()) {
            taken++;
            add(H264, false, 10);
            add(H264, false, 10);
        }
        assertEquals("fell back by that many", GroupRing.MAX_BEHIND, taken);
        assertTrue(joiner.isWaitingForKeyFrame());
    }

    @Test
    public void framesOfACodecThatIsNotAcceptedAreNotOffered() {
        add(H264, true, 10);
        assertFalse(ring.nextFrame(new ViewerPosition(), EnumSet.of(Codec.JPEG)).isPresent());
    }

    @Test
    public void drawingsComeInOrderAfterTheirPicture() {
        add(JPEG, true, 10);
        add(DRAWING, false, 10);
        add(DRAWING, false, 10);
        assertEquals("a joiner begins with the picture", 1, take(0));
        assertEquals(2, take(1));
        assertEquals(3, take(2));
        add(JPEG, true, 10);
        assertEquals("a picture replaces those that wait", 4, take(1));
    }

    @Test
    public void aViewerWithoutDrawingsWaitsForTheNextPicture() {
        add(JPEG, true, 10);
        add(DRAWING, false, 10);
        ViewerPosition position = at(1);
        assertFalse("that would be an old picture", ring.nextFrame(position, EnumSet.of(Codec.JPEG)).isPresent());
        assertTrue(position.isWaitingForKeyFrame());
        ViewerPosition other = at(1);
        assertFalse(ring.nextFrame(other, EnumSet.of(Codec.H264)).isPresent());
        assertFalse("a JPEG would not help", other.isWaitingForKeyFrame());
    }

    @Test
    public void aViewerThatMissedManyDrawingsWaitsForAPicture() {
        add(JPEG, true, 10);
        for (int i = 0; i < 2 * GroupRing.MAX_BEHIND; i++) {
            add(DRAWING, false, 10);
        }
        for (ViewerPosition position : new ViewerPosition[] {new ViewerPosition(), at(1)}) {
            assertFalse(ring.nextFrame(position, ANY).isPresent());
            assertTrue(position.isWaitingForKeyFrame());
        }
        assertEquals("one that has almost all goes on", sequence - 5, take(sequence - 6));
        assertTrue("no more are kept: " + pool.allocatedBytes(), pool.allocatedBytes() <= (GroupRing.MAX_BEHIND + 1) * 16L * 1024);
    }

    @Test
    public void aFrameGivenOutOutlivesTheRingAndIsGivenBackOnce() {
        add(JPEG, true, 10);
        Frame frame = ring.nextFrame(new ViewerPosition(), ANY).get();
        Frame second = frame.retain();
        ring.closeRing();
        assertEquals(0, pool.freeBufferCount());
        frame.close();
        frame.close();
        assertEquals("closing twice counts once", 0, pool.freeBufferCount());
        second.close();
        assertEquals(1, pool.freeBufferCount());
    }

    private Frame closed(Frame frame) {
        frame.close();
        return frame;
    }

    private static ViewerPosition at(long last) {
        ViewerPosition position = new ViewerPosition();
        position.moveTo(last, true, 0);
        return position;
    }

    private long take(long last) {
        Optional<Frame> frame = ring.nextFrame(at(last), ANY);
        assertTrue("a frame after " + last, frame.isPresent());
        try (Frame it = frame.get()) {
            return it.sequence();
        }
    }

    private void add(VideoFormat format, boolean key, int bytes) {
        FrameBuffer buffer = pool.acquireBuffer(bytes);
        buffer.writableBytes().position(bytes);
        buffer.describeFrame(format, key, 0, ++sequence);
        ring.addFrame(buffer);
    }
}
