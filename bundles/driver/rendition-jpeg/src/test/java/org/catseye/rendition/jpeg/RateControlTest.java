package org.catseye.rendition.jpeg;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.TimeUnit;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.video.spi.EncoderSettings;
import org.junit.Test;

/** 400 kbit/s are 50,000 bytes a second. */
public class RateControlTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateControl rate = new RateControl(new EncoderSettings(400, 10, 1280, 240), 0);

    @Test
    public void theNextPictureWaitsUntilTheLineHasTakenTheLast() {
        assertTrue(rate.nanosUntilNext(0) <= 0);
        rate.recordTurn(0, SECOND / 100);
        assertEquals("the frame rate", SECOND / 10, rate.nanosUntilNext(0));
        rate.recordSent(12_500 + 25_000);
        assertEquals("half a second", SECOND / 2, rate.nanosUntilNext(0), 10);
        assertEquals(SECOND / 4, rate.nanosUntilNext(SECOND / 4), 10);
        assertTrue(rate.nanosUntilNext(SECOND) <= 0);
    }

    @Test
    public void aRestDoesNotAddUp() {
        rate.nanosUntilNext(60 * SECOND);
        rate.recordSent(12_500 + 5_000);
        assertEquals(SECOND / 10, rate.nanosUntilNext(60 * SECOND), 10);
    }

    @Test
    public void aSlowProcessorRestsHalfOfTheTime() {
        rate.recordTurn(0, SECOND);
        assertEquals(SECOND, rate.nanosUntilNext(SECOND));
    }

    @Test
    public void anIdleLineTakesSharpChanges() {
        assertEquals(0, rate.coarseness());
        rate.recordSent(4_000);
        assertTrue(rate.coarseness() > 0);
        rate.nanosUntilNext(SECOND / 10);
        assertEquals(0, rate.coarseness());
    }

    @Test
    public void largeChangesAreCoarserAndSmallOnesSharper() {
        rate.recordSent(10_000);
        for (int i = 0; i < 5; i++) {
            rate.recordChanges(20_000, 20_000, 0);
        }
        assertEquals(JpegEncoder.MAX_COARSENESS, rate.coarseness());
        rate.recordChanges(5_000, 5_000, 0);
        assertEquals("neither large nor small", JpegEncoder.MAX_COARSENESS, rate.coarseness());
        for (int i = 0; i < 5; i++) {
            rate.recordChanges(1_000, 1_000, 0);
        }
        assertEquals(0, rate.coarseness());
    }

    @Test
    public void theFullSizeComesBackWhenChangesAreSmall() {
        rate.recordShrinking(0);
        assertFalse(rate.isGrowthDue(SECOND / 4));
        rate.recordChanges(4_000, 16_000, SECOND / 2);
        assertFalse("too large for the full size", rate.isGrowthDue(SECOND));
        rate.recordChanges(1_600, 6_400, SECOND);
        assertTrue(rate.isGrowthDue(SECOND + 1));
    }

    @Test
    public void growthThatWasTooEarlyWaitsTwiceAsLong() {
        long now = 0;
        for (int hold = 1; hold <= 32; hold *= 2) {
            rate.recordShrinking(now);
            long due = now + hold * SECOND / 2;
            for (long at = now; at <= due; at += SECOND / 10) {
                rate.recordChanges(2_000, 8_000, at);
            }
            assertFalse(rate.isGrowthDue(due));
            assertTrue(rate.isGrowthDue(due + 1));
            now += hold * SECOND;
            rate.recordGrowth(now);
            now += SECOND;
        }
        now += 6 * SECOND;
        rate.recordChanges(100, 100, now);
        rate.recordShrinking(now);
        for (int i = 0; i < 5; i++) {
            rate.recordChanges(2_000, 8_000, now + i * SECOND / 10);
        }
        assertTrue("it was fine for some seconds", rate.isGrowthDue(now + SECOND / 2 + 1));
    }

    @Test
    public void aPictureThatAlmostStandsStillGrowsSoon() {
        for (int i = 0; i < 5; i++) {
            rate.recordShrinking(0);
            rate.recordGrowth(0);
        }
        rate.recordShrinking(0);
        for (int i = 0; i < 8; i++) {
            rate.recordChanges(5_000, 50_000, 0);
        }
        assertFalse(rate.isGrowthDue(SECOND));
        for (int i = 2; i < 8; i++) {
            rate.recordChanges(1_850, 7_400, i * SECOND / 2);
        }
        assertTrue("a cursor that blinks", rate.isGrowthDue(4 * SECOND));
    }
}
