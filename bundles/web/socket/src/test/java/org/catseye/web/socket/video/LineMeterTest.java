package org.catseye.web.socket.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.TimeUnit;
import org.catseye.web.socket.video.LineMeter.Line;
import org.junit.Test;

public class LineMeterTest {

    private final LineMeter meter = new LineMeter();

    private static long at(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis) + 1;
    }

    @Test
    public void theLineIsMeasuredWhileItIsBusy() {
        for (int i = 0; i < 4; i++) {
            // 10 kB in 200 ms, then a pause: the line takes 400 kbit/s.
            meter.recordSent(10_000, false, at(i * 500));
            meter.recordAcknowledged(1, at(i * 500 + 200));
        }
        Line line = meter.measure(at(2000));
        assertEquals(4, line.frames());
        assertEquals(2.0, line.framesPerSecond(), 0.01);
        assertEquals(160, line.kilobitsPerSecond());
        assertEquals(400, line.lineKilobitsPerSecond());
        assertEquals(200, line.delayMillis());
        assertEquals(200, line.baseMillis());
        assertEquals(0, line.oldestMillis());
        assertEquals(0, line.fullShare(), 0.001);
        assertEquals("later nothing is left", 0, meter.measure(at(10_000)).frames());
    }

    @Test
    public void overlappingFramesCountOnce() {
        meter.recordSent(10_000, false, at(0));
        meter.recordSent(10_000, true, at(0));
        meter.recordAcknowledged(1, at(200));
        meter.recordSent(10_000, true, at(200));
        meter.recordAcknowledged(2, at(600));
        Line line = meter.measure(at(600));
        assertEquals(400, line.lineKilobitsPerSecond());
        assertEquals("full all the time", 600 / 2000.0, line.fullShare(), 0.01);
    }

    @Test
    public void oneLargeFrameTellsWhatTheLineTakesWhateverIsSent() {
        meter.recordSent(100, false, at(0));
        meter.recordAcknowledged(1, at(200));
        meter.recordSent(4_000, false, at(500));
        meter.recordAcknowledged(1, at(701));
        assertEquals("too small to tell", 0, meter.measure(at(710)).singleFrameKilobitsPerSecond());
        meter.recordSent(10_000, false, at(1000));
        meter.recordAcknowledged(1, at(1280));
        assertEquals("10 kB in 80 ms beyond the round trip", 1000, meter.measure(at(1300)).singleFrameKilobitsPerSecond());
        meter.recordSent(10_000, false, at(1500));
        meter.recordAcknowledged(1, at(1710));
        assertEquals("the fastest counts", 8000, meter.measure(at(1800)).singleFrameKilobitsPerSecond());
        assertEquals(0, meter.measure(at(10_000)).singleFrameKilobitsPerSecond());
    }

    @Test
    public void aFrameThatStaysUnderWayIsSeen() {
        meter.recordSent(100_000, false, at(0));
        meter.recordSent(100_000, true, at(100));
        Line line = meter.measure(at(1100));
        assertEquals(1100, line.oldestMillis());
        assertEquals(100_000, line.frameBytes());
        assertEquals("not more than it can have been", 1454, line.lineKilobitsPerSecond());
        assertEquals(0, line.frames());
        assertTrue(line.fullShare() > 0.49);
    }

    @Test
    public void nothingIsKeptForLongIfNobodyMeasures() {
        for (int i = 0; i < 10_000; i++) {
            meter.recordSent(1000, false, at(i * 10));
            meter.recordAcknowledged(1, at(i * 10 + 5));
        }
        assertTrue(meter.kept() + " kept", meter.kept() <= 201);
    }

    @Test
    public void theRoundTripOfLongAgoIsForgotten() {
        meter.recordSent(1, false, at(0));
        meter.recordAcknowledged(1, at(10));
        for (int i = 1; i < 80; i++) {
            meter.recordSent(1, false, at(i * 1000));
            meter.recordAcknowledged(1, at(i * 1000 + 100));
        }
        assertEquals(100, meter.measure(at(80_000)).baseMillis());
    }
}
