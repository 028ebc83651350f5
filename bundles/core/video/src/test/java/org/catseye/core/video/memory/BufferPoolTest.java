package org.catseye.core.video.memory;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class BufferPoolTest {

    private final BufferPool pool = new BufferPool(100_000, 60_000, new MemoryBudget(Long.MAX_VALUE));

    @Test
    public void aReturnedBufferIsLentAgain() {
        FrameBuffer first = pool.acquireBuffer(1_000);
        first.releaseReference();
        assertSame(first, pool.acquireBuffer(900));
    }

    @Test
    public void limitOfALentBufferIsWhatWasAskedFor() {
        FrameBuffer buffer = pool.acquireBuffer(1_234);
        assertEquals(0, buffer.writableBytes().position());
        assertEquals(1_234, buffer.writableBytes().limit());
        assertTrue(buffer.writableBytes().isDirect());
    }

    @Test
    public void bytesAreBoundedAndNobodyWaits() {
        assertNotNull(pool.acquireBuffer(50_000));
        assertNull("a second one would go beyond 100,000 bytes", pool.acquireBuffer(50_000));
        assertTrue(pool.allocatedBytes() <= 100_000);
    }

    @Test
    public void freeBuffersThatAreTooSmallMakeRoom() {
        FrameBuffer[] small = {pool.acquireBuffer(16_000), pool.acquireBuffer(16_000), pool.acquireBuffer(16_000)};
        for (FrameBuffer buffer : small) {
            buffer.releaseReference();
        }
        assertNotNull("the small ones went", pool.acquireBuffer(55_000));
        assertTrue(pool.allocatedBytes() <= 100_000);
    }

    @Test
    public void poolsShareWhatThereIsAndGiveItBack() {
        MemoryBudget memory = new MemoryBudget(5 << 20);
        BufferPool one = new BufferPool(4 << 20, 3 << 20, memory);
        BufferPool other = new BufferPool(4 << 20, 3 << 20, memory);
        FrameBuffer first = one.acquireBuffer(2 << 20);
        assertNotNull(other.acquireBuffer(2 << 20));
        assertNull(other.acquireBuffer(1 << 20));
        assertTrue(other.explainRefusal(1 << 20), other.explainRefusal(1 << 20).startsWith("There is no memory left for pictures: those of all targets take 4 of 5 MiB"));
        assertTrue(one.explainRefusal(2 << 20), one.explainRefusal(2 << 20).startsWith("There is no memory left for pictures of this target: all 4 MiB"));
        assertTrue(one.explainRefusal(4 << 20), one.explainRefusal(4 << 20).startsWith("A frame of 4096 KiB is beyond the limit of 3 MiB"));
        one.closePool();
        first.releaseReference();
        assertEquals("also what came back after the end", other.allocatedBytes(), memory.allocatedBytes());
        assertNotNull(other.acquireBuffer(1 << 20));
    }

    @Test
    public void aPoolThatIsShortLetsGoOfWhatIsFree() {
        MemoryBudget memory = new MemoryBudget(1 << 20);
        BufferPool one = new BufferPool(2 << 20, 1 << 20, memory);
        FrameBuffer small = one.acquireBuffer(300_000);
        FrameBuffer held = one.acquireBuffer(300_000);
        small.releaseReference();
        assertNull("another pool's", new BufferPool(1 << 20, 1 << 20, memory).acquireBuffer(600_000));
        FrameBuffer large = one.acquireBuffer(600_000);
        assertEquals(held.capacity() + large.capacity(), one.allocatedBytes());
        assertEquals(one.allocatedBytes(), memory.allocatedBytes());
    }

    @Test
    public void moreThanTheMachineHasIsRefusedAndNotThrown() {
        MemoryBudget memory = new MemoryBudget(Long.MAX_VALUE);
        java.util.List<java.nio.ByteBuffer> taken = new java.util.ArrayList<>();
        long most = Runtime.getRuntime().maxMemory();
        java.nio.ByteBuffer next = memory.allocateBuffer(1 << 30);
        while (next != null && taken.size() <= most >> 30) {
            taken.add(next);
            next = memory.allocateBuffer(1 << 30);
        }
        assertNull("beyond the JVM's own limit", next);
        assertEquals((long) taken.size() << 30, memory.allocatedBytes());
    }

    @Test
    public void impossibleSizesAreRefused() {
        assertNull(pool.acquireBuffer(60_001));
        assertNull(pool.acquireBuffer(0));
        assertNull(pool.acquireBuffer(-1));
    }

    @Test
    public void aBufferIsFreeOnlyAfterItsLastReference() {
        FrameBuffer buffer = pool.acquireBuffer(10);
        buffer.retainReference();
        buffer.releaseReference();
        assertEquals(0, pool.freeBufferCount());
        buffer.releaseReference();
        assertEquals(1, pool.freeBufferCount());
    }

    @Test
    public void trimForgetsWhatIsFreeAndCountsIt() {
        FrameBuffer kept = pool.acquireBuffer(10);
        pool.acquireBuffer(10).releaseReference();
        pool.releaseFreeBuffers();
        assertEquals(kept.capacity(), pool.allocatedBytes());
    }

    @Test
    public void aSmallFrameLeavesTheLargeBufferToALargeOne() {
        FrameBuffer large = pool.acquireBuffer(50_000);
        FrameBuffer small = pool.acquireBuffer(1_000);
        small.releaseReference();
        large.releaseReference();
        assertSame(small, pool.acquireBuffer(900));
        assertSame(large, pool.acquireBuffer(40_000));
    }
}
