package org.catseye.concurrent;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class MinimumRateTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong clock = new AtomicLong();
    private final MinimumRate rate = new MinimumRate(100, MINUTE, clock::get);

    @Test
    public void aPeriodWithTooLittleIsTooSlow() {
        assertFalse("the period has not ended", rate.isTooSlow(1));
        clock.addAndGet(MINUTE.toNanos() + 1);
        assertTrue(rate.isTooSlow(98));
    }

    @Test
    public void eachPeriodCountsAlone() {
        rate.isTooSlow(10_000);
        clock.addAndGet(MINUTE.toNanos() + 1);
        assertFalse(rate.isTooSlow(0));
        clock.addAndGet(MINUTE.toNanos() + 1);
        assertTrue("what came before does not help", rate.isTooSlow(99));
        clock.addAndGet(MINUTE.toNanos() + 1);
        assertFalse(rate.isTooSlow(100));
    }

    @Test
    public void theEndIsNotTooSlow() {
        clock.addAndGet(MINUTE.toNanos() + 1);
        assertFalse(rate.isTooSlow(-1));
    }
}
