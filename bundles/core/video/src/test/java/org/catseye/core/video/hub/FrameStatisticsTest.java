package org.catseye.core.video.hub;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class FrameStatisticsTest {

    private static final long SECOND = 1_000_000_000L;
    private final FrameStatistics statistics = new FrameStatistics();

    @Test
    public void evenFramesReadAsTheirRate() {
        for (int i = 0; i <= 60; i++) {
            statistics.countFrame(i * SECOND / 30);
        }
        assertEquals(30.0, statistics.framesPerSecond(2 * SECOND), 0.01);
    }

    @Test
    public void aPictureThatStandsStillReadsZero() {
        statistics.countFrame(0);
        assertEquals(0.0, statistics.framesPerSecond(5 * SECOND), 0);
    }

    @Test
    public void moreFramesThanAreKeptDoNoHarm() {
        for (int i = 0; i < 1000; i++) {
            statistics.countFrame(i * SECOND / 500);
        }
        assertEquals(500.0, statistics.framesPerSecond(2 * SECOND), 5);
        assertEquals(1000, statistics.totalFrames());
    }
}
