package org.catseye.concurrent;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class TokenBucketTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Near the end of the range: System.nanoTime may overflow while a process runs. */
    private static final long START = Long.MAX_VALUE - SECOND / 2;

    @Test
    public void allTokensComeAtOnceAndThenOnePerInterval() {
        TokenBucket bucket = new TokenBucket(3, SECOND, START);
        for (int i = 0; i < 3; i++) {
            assertTrue(bucket.tryAcquire(START));
        }
        assertFalse(bucket.tryAcquire(START + SECOND - 1));
        assertTrue(bucket.tryAcquire(START + SECOND));
        assertFalse(bucket.tryAcquire(START + SECOND));
    }

    @Test
    public void aLongRestFillsTheBucketAndNoMore() {
        TokenBucket bucket = new TokenBucket(2, SECOND, START);
        assertTrue(bucket.tryAcquire(START));
        assertFalse(bucket.isFull(START));
        long later = START + 100 * SECOND;
        assertTrue(bucket.isFull(later));
        assertTrue(bucket.tryAcquire(later));
        assertTrue(bucket.tryAcquire(later));
        assertFalse(bucket.tryAcquire(later));
    }

    @Test
    public void theWaitIsTold() {
        TokenBucket bucket = TokenBucket.perSecond(4, START);
        assertEquals(0, bucket.nanosUntilAvailable(START));
        for (int i = 0; i < 4; i++) {
            assertTrue(bucket.tryAcquire(START));
        }
        assertEquals(SECOND / 4, bucket.nanosUntilAvailable(START));
        assertEquals(SECOND / 8, bucket.nanosUntilAvailable(START + SECOND / 8));
    }

    @Test
    public void aClockThatJumpsBackGivesNothing() {
        TokenBucket bucket = new TokenBucket(1, SECOND, START);
        assertTrue(bucket.tryAcquire(START));
        assertFalse(bucket.tryAcquire(START - 10 * SECOND));
    }

    @Test
    public void aBucketThatLetsNothingThroughIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(0, SECOND, START));
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, 0, START));
    }

    @Test
    public void keysDoNotShareTokens() {
        KeyedTokenBuckets<String> buckets = new KeyedTokenBuckets<>(1, SECOND, 10);
        assertTrue(buckets.tryAcquire("ann", START));
        assertTrue(buckets.tryAcquire("bob", START));
        assertFalse(buckets.tryAcquire("ann", START));
        assertEquals(2, buckets.size());
    }

    @Test
    public void fullBucketsAreForgottenAndTheLongestUnusedMakesRoom() {
        KeyedTokenBuckets<Integer> buckets = new KeyedTokenBuckets<>(2, SECOND, 3);
        for (int key = 0; key < 100; key++) {
            assertTrue(buckets.tryAcquire(key, START));
            assertTrue(buckets.size() <= 3);
        }
        assertTrue(buckets.tryAcquire(7, START + 2 * SECOND));
        assertEquals("the others are full again", 1, buckets.size());
    }

    @Test
    public void threadsAreNamedDaemons() throws InterruptedException {
        var factory = NamedThreads.withNumberedName("self-check");
        Thread one = factory.newThread(() -> { });
        Thread two = factory.newThread(() -> { });
        assertEquals("self-check-1", one.getName());
        assertEquals("self-check-2", two.getName());
        assertTrue(one.isDaemon());
        assertEquals("pings", NamedThreads.withName("pings").newThread(() -> { }).getName());
    }
}
