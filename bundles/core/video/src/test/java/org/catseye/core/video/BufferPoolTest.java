package org.catseye.core.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class BufferPoolTest {

    private final BufferPool pool = new BufferPool(100_000, 60_000, new Memory(Long.MAX_VALUE));

    @Test
    public void aReturnedBufferIsLentAgain() {
        Buffer first = pool.acquire(1_000);
        first.release();
        assertSame(first, pool.acquire(900));
    }

    @Test
    public void limitOfALentBufferIsWhatWasAskedFor() {
        Buffer buffer = pool.acquire(1_234);
        assertEquals(0, buffer.bytes().position());
        assertEquals(1_234, buffer.bytes().limit());
        assertTrue(buffer.bytes().isDirect());
    }

    @Test
    public void bytesAreBoundedAndNobodyWaits() {
        assertNotNull(pool.acquire(50_000));
        assertNull("a second one would go beyond 100,000 bytes", pool.acquire(50_000));
        assertTrue(pool.allocated() <= 100_000);
    }

    @Test
    public void freeBuffersThatAreTooSmallMakeRoom() {
        Buffer[] small = {pool.acquire(16_000), pool.acquire(16_000), pool.acquire(16_000)};
        for (Buffer buffer : small) {
            buffer.release();
        }
        assertNotNull("the small ones went", pool.acquire(55_000));
        assertTrue(pool.allocated() <= 100_000);
    }

    @Test
    public void poolsShareWhatThereIsAndGiveItBack() {
        Memory memory = new Memory(5 << 20);
        BufferPool one = new BufferPool(4 << 20, 3 << 20, memory);
        BufferPool other = new BufferPool(4 << 20, 3 << 20, memory);
        Buffer first = one.acquire(2 << 20);
        assertNotNull(other.acquire(2 << 20));
        assertNull(other.acquire(1 << 20));
        assertTrue(other.why(1 << 20), other.why(1 << 20).startsWith("There is no memory left for pictures: those of all targets take 4 of 5 MiB"));
        assertTrue(one.why(2 << 20), one.why(2 << 20).startsWith("There is no memory left for pictures of this target: all 4 MiB"));
        assertTrue(one.why(4 << 20), one.why(4 << 20).startsWith("A frame of 4096 KiB is beyond the limit of 3 MiB"));
        one.end();
        first.release();
        assertEquals("also what came back after the end", other.allocated(), memory.taken());
        assertNotNull(other.acquire(1 << 20));
    }

    @Test
    public void aPoolThatIsShortLetsGoOfWhatIsFree() {
        Memory memory = new Memory(1 << 20);
        BufferPool one = new BufferPool(2 << 20, 1 << 20, memory);
        Buffer small = one.acquire(300_000);
        Buffer held = one.acquire(300_000);
        small.release();
        assertNull("another pool's", new BufferPool(1 << 20, 1 << 20, memory).acquire(600_000));
        Buffer large = one.acquire(600_000);
        assertEquals(held.capacity() + large.capacity(), one.allocated());
        assertEquals(one.allocated(), memory.taken());
    }

    @Test
    public void moreThanTheMachineHasIsRefusedAndNotThrown() {
        Memory memory = new Memory(Long.MAX_VALUE);
        java.util.List<java.nio.ByteBuffer> taken = new java.util.ArrayList<>();
        long most = Runtime.getRuntime().maxMemory();
        java.nio.ByteBuffer next = memory.take(1 << 30);
        while (next != null && taken.size() <= most >> 30) {
            taken.add(next);
            next = memory.take(1 << 30);
        }
        assertNull("beyond the JVM's own limit", next);
        assertEquals((long) taken.size() << 30, memory.taken());
    }

    @Test
    public void impossibleSizesAreRefused() {
        assertNull(pool.acquire(60_001));
        assertNull(pool.acquire(0));
        assertNull(pool.acquire(-1));
    }

    @Test
    public void aBufferIsFreeOnlyAfterItsLastReference() {
        Buffer buffer = pool.acquire(10);
        buffer.retain();
        buffer.release();
        assertEquals(0, pool.freeBuffers());
        buffer.release();
        assertEquals(1, pool.freeBuffers());
    }

    @Test
    public void trimForgetsWhatIsFreeAndCountsIt() {
        Buffer kept = pool.acquire(10);
        pool.acquire(10).release();
        pool.trim();
        assertEquals(kept.capacity(), pool.allocated());
    }

    @Test
    public void aSmallFrameLeavesTheLargeBufferToALargeOne() {
        Buffer large = pool.acquire(50_000);
        Buffer small = pool.acquire(1_000);
        small.release();
        large.release();
        assertSame(small, pool.acquire(900));
        assertSame(large, pool.acquire(40_000));
    }
}
