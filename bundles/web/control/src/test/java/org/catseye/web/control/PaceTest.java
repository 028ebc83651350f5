package org.catseye.web.control;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class PaceTest {

    private static final long START = Long.MAX_VALUE - 1;

    private final Pace pace = new Pace();

    @Test
    public void fiveAtOnceThenFiveASecondAlsoWhereTheClockOverflows() {
        long now = START;
        for (int i = 0; i < Pace.MOST_PER_SECOND; i++) {
            assertTrue(pace.allows("ann", now));
        }
        assertFalse(pace.allows("ann", now));
        assertTrue("another is not slowed down", pace.allows("bob", now));
        int allowed = 0;
        for (int millis = 1; millis <= 10_000; millis++) {
            allowed += pace.allows("ann", now + TimeUnit.MILLISECONDS.toNanos(millis)) ? 1 : 0;
        }
        assertEquals(10 * Pace.MOST_PER_SECOND, allowed);
    }

    @Test
    public void whoIsQuietForASecondIsForgotten() {
        for (int i = 0; i < 1_000; i++) {
            pace.allows("user" + i, START);
        }
        assertTrue(pace.allows("ann", START + TimeUnit.SECONDS.toNanos(1)));
        assertEquals(1, pace.size());
    }
}
