package org.catseye.web.socket.video;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class MergedDrawingsTest {

    private final MergedDrawings drawings = new MergedDrawings();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private final List<Frame> lent = new ArrayList<>();
    private final List<Long> closed = new ArrayList<>();
    private int requested;

    private final class Fake implements Frame {
        private final Codec codec;
        private final long sequence;
        private final ByteBuffer bytes;

        Fake(Codec codec, long sequence, int size) {
            this.codec = codec;
            this.sequence = sequence;
            bytes = ByteBuffer.allocateDirect(size);
            for (int i = 0; i < size; i++) {
                bytes.put(i, (byte) sequence);
            }
        }

        @Override
        public VideoFormat format() {
            return new VideoFormat(codec, 64, 48);
        }

        @Override
        public ByteBuffer encodedBytes() {
            return bytes;
        }

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public long capturedNanos() {
            return 0;
        }

        @Override
        public boolean isKeyFrame() {
            return codec == Codec.JPEG;
        }

        @Override
        public Frame retain() {
            return this;
        }

        @Override
        public void close() {
            closed.add(sequence);
        }
    }

    private final Subscription source = new Subscription() {
        @Override
        public Optional<Frame> nextFrame() {
            return Optional.ofNullable(waiting.poll());
        }

        @Override
        public void requestKeyFrame() {
            requested++;
        }

        @Override
        public void close() {
        }
    };

    private boolean collect(Frame first) {
        return drawings.collectFrom(first, Optional.of(source), lent::add);
    }

    @Test
    public void aDrawingOfItsOwnIsSentAsItIs() {
        Frame first = new Fake(Codec.DRAWING, 1, 10);
        collect(first);
        assertSame(first, drawings.newest());
        assertFalse(drawings.isMerged());
        assertEquals(List.of(), closed);
    }

    @Test
    public void thoseThatWaitBecomeOneMessageInTheirOrder() {
        for (long i = 2; i <= 4; i++) {
            waiting.add(new Fake(Codec.DRAWING, i, 2));
        }
        collect(new Fake(Codec.DRAWING, 1, 3));
        assertTrue(drawings.isMerged());
        byte[] bytes = new byte[drawings.steps().remaining()];
        drawings.steps().get(bytes);
        assertArrayEquals(new byte[] {1, 1, 1, 2, 2, 3, 3, 4, 4}, bytes);
        assertEquals(4, drawings.newest().sequence());
        assertEquals("all but the last, which is lent", List.of(1L, 2L, 3L), closed);
        assertSame(drawings.newest(), lent.get(lent.size() - 1));
    }

    @Test
    public void aPictureReplacesTheDrawingsBeforeIt() {
        waiting.add(new Fake(Codec.DRAWING, 2, 2));
        waiting.add(new Fake(Codec.JPEG, 3, 2));
        waiting.add(new Fake(Codec.DRAWING, 4, 2));
        collect(new Fake(Codec.DRAWING, 1, 2));
        assertFalse(drawings.isMerged());
        assertEquals(3, drawings.newest().sequence());
        assertEquals(List.of(1L, 2L), closed);
        assertEquals("the drawing after it comes next", 1, waiting.size());
    }

    @Test
    public void aLongMessageEndsAndTheRestFollows() {
        for (long i = 2; i <= 10; i++) {
            waiting.add(new Fake(Codec.DRAWING, i, 100_000));
        }
        collect(new Fake(Codec.DRAWING, 1, 100_000));
        assertEquals(200_000, drawings.steps().remaining());
        assertEquals(2, drawings.newest().sequence());
        assertEquals(8, waiting.size());
    }

    @Test
    public void drawingsThatDoNotFitAreLeftOutUntilThereIsAPicture() {
        waiting.add(new Fake(Codec.DRAWING, 2, 20_000));
        waiting.add(new Fake(Codec.DRAWING, 3, MergedDrawings.MAX_BYTES));
        waiting.add(new Fake(Codec.DRAWING, 4, 10));
        assertTrue(collect(new Fake(Codec.DRAWING, 1, 10_000)));
        assertEquals("what comes before is sent", 30_000, drawings.steps().remaining());
        assertEquals(2, drawings.newest().sequence());
        assertEquals("a picture is asked for", 1, requested);
        assertFalse("they would change the wrong picture", collect(waiting.poll()));
        assertEquals(0, drawings.steps().remaining());
        waiting.add(new Fake(Codec.DRAWING, 6, 10));
        waiting.add(new Fake(Codec.JPEG, 7, 10));
        waiting.add(new Fake(Codec.DRAWING, 8, 10));
        assertTrue(collect(new Fake(Codec.DRAWING, 5, 10)));
        assertEquals(7, drawings.newest().sequence());
        assertTrue(collect(waiting.poll()));
        assertEquals(8, drawings.newest().sequence());
        assertEquals("all but those that are lent", List.of(1L, 3L, 6L, 5L), closed);
    }

    @Test
    public void aLongDrawingIsSentOnItsOwn() {
        waiting.add(new Fake(Codec.DRAWING, 2, 10));
        assertTrue(collect(new Fake(Codec.DRAWING, 1, 2 * MergedDrawings.MAX_BYTES)));
        assertFalse(drawings.isMerged());
        assertEquals(1, waiting.size());
        assertEquals(0, requested);
    }
}
