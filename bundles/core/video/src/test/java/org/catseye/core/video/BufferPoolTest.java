package org.catseye.core.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class BufferPoolTest {

    private final BufferPool pool = new BufferPool(100_000, 60_000);

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
