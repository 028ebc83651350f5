package org.catseye.core.video;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class StatisticsTest {

    private static final long SECOND = 1_000_000_000L;
    private final Statistics statistics = new Statistics();

    @Test
    public void evenFramesReadAsTheirRate() {
        for (int i = 0; i <= 60; i++) {
            statistics.published(i * SECOND / 30);
        }
        assertEquals(30.0, statistics.fps(2 * SECOND), 0.01);
    }

    @Test
    public void aPictureThatStandsStillReadsZero() {
        statistics.published(0);
        assertEquals(0.0, statistics.fps(5 * SECOND), 0);
    }

    @Test
    public void moreFramesThanAreKeptDoNoHarm() {
        for (int i = 0; i < 1000; i++) {
            statistics.published(i * SECOND / 500);
        }
        assertEquals(500.0, statistics.fps(2 * SECOND), 5);
        assertEquals(1000, statistics.frames());
    }
}
