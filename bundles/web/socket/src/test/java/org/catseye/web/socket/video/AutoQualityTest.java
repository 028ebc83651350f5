package org.catseye.web.socket.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.TimeUnit;
import org.catseye.video.PictureQuality;
import org.catseye.web.socket.video.LineMeter.Line;
import org.junit.Before;
import org.junit.Test;

/** The choice by a line that takes so many kilobits a second, at a round trip of 20 ms. Half a second is a tick. */
public class AutoQualityTest {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);
    private long now = TimeUnit.HOURS.toNanos(1);
    private final AutoQuality auto = new AutoQuality(now);

    /** On a fast line. */
    @Before
    public void passTheStart() {
        for (int i = 0; i < 7; i++) {
            tick(100_000);
        }
    }

    /** Sharp frames have 100 kB and come 30 times a second; two may be under way. */
    private static Line lineOf(PictureQuality quality, int kilobits, int baseMillis) {
        int frameKilobits = switch (quality) {
            case SHARP -> 800;
            case BALANCED -> 100;
            case SLOW -> 33;
        };
        int wanted = switch (quality) {
            case SHARP -> 30;
            case BALANCED -> 25;
            case SLOW -> 12;
        };
        double possible = (double) kilobits / frameKilobits;
        boolean congested = possible < wanted;
        double fps = Math.min(wanted, possible);
        int window = quality == PictureQuality.SHARP ? 2 : 6;
        int delay = baseMillis + (int) (congested ? window * 1000 / possible : 1000 / possible);
        int busyKilobits = (int) (fps * frameKilobits);
        return new Line((int) (fps * 2), fps, busyKilobits, frameKilobits * 125, congested ? kilobits : busyKilobits * 2, delay, baseMillis, congested ? delay / 2 : 0, congested ? 1 : 0.1, frameKilobits < 64 ? 0 : kilobits);
    }

    private int ticksUntil(PictureQuality wanted, int kilobits, int most) {
        for (int i = 0; i < most; i++) {
            if (auto.quality() == wanted) {
                return i;
            }
            tick(kilobits);
        }
        assertEquals("within " + most / 2 + " s", wanted, auto.quality());
        return most;
    }

    private void tick(int kilobits) {
        now += TICK;
        auto.update(lineOf(auto.quality(), kilobits, 20), now);
    }

    @Test
    public void aFastLineStaysSharp() {
        for (int i = 0; i < 200; i++) {
            tick(100_000);
            assertEquals(PictureQuality.SHARP, auto.quality());
        }
        assertEquals(0, auto.slowLineKilobits());
    }

    @Test
    public void aLongRoundTripAloneIsNoSlowLine() {
        for (int i = 0; i < 200; i++) {
            now += TICK;
            auto.update(new Line(10, 5, 4000, 100_000, 4000, 410, 400, 300, 1, 0), now);
            assertEquals(PictureQuality.SHARP, auto.quality());
        }
    }

    @Test
    public void smallFramesThatAreLateAreNoSlowLine() {
        for (int i = 0; i < 200; i++) {
            now += TICK;
            auto.update(new Line(4, 2, 600, 2_800, 20, 900, 20, 1_100, 1, 0), now);
            assertEquals(PictureQuality.SHARP, auto.quality());
        }
    }

    @Test
    public void smallFramesThatAreAlwaysLateAreASlowLine() {
        for (int i = 0; i < 8; i++) {
            now += TICK;
            auto.update(new Line(2, 1, 56, 7_000, 60, 1_870, 30, 1_400, 1, 0), now);
        }
        assertEquals(PictureQuality.SLOW, auto.quality());
    }

    @Test
    public void smallFramesThatAreLateForAMomentAreNoSlowLine() {
        for (int i = 0; i < 200; i++) {
            now += TICK;
            boolean late = i % 4 != 0;
            auto.update(new Line(4, 2, 200, 7_000, 90, 900, 20, late ? 1_100 : 100, 1, 0), now);
            assertEquals(PictureQuality.SHARP, auto.quality());
        }
    }

    @Test
    public void aFirstPictureThatIsLateIsNoSlowLine() {
        AutoQuality fresh = new AutoQuality(now);
        for (int i = 0; i < 20; i++) {
            now += TICK;
            fresh.update(new Line(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), now);
        }
        for (int i = 0; i < 5; i++) {
            now += TICK;
            boolean drawn = i == 4;
            Line line = new Line(drawn ? 1 : 0, 0.5, 400, 100_000, 300, drawn ? 2_000 : 0, drawn ? 2_000 : 0, drawn ? 0 : 500 * i, 0, 0);
            assertEquals(PictureQuality.SHARP, fresh.update(line, now));
        }
        for (int i = 0; i < 3; i++) {
            now += TICK;
            fresh.update(new Line(0, 0, 0, 0, 0, 0, 20, 0, 0, 0), now);
        }
        for (int i = 0; i < 20; i++) {
            now += TICK;
            assertEquals(PictureQuality.SHARP, fresh.update(lineOf(PictureQuality.SHARP, 100_000, 20), now));
        }
        for (int i = 0; i < 4; i++) {
            now += TICK;
            fresh.update(lineOf(fresh.quality(), 480, 20), now);
        }
        assertEquals("a line that is slow after the start", PictureQuality.SLOW, fresh.quality());
    }

    @Test
    public void aLineThatIsSlowFromTheStartIsFoundAfterThreeSeconds() {
        AutoQuality fresh = new AutoQuality(now);
        for (int i = 0; i < 8; i++) {
            now += TICK;
            fresh.update(lineOf(fresh.quality(), 480, 20), now);
        }
        assertEquals(PictureQuality.SLOW, fresh.quality());
    }

    @Test
    public void oneStallWithFramesOfAMediumSizeIsNoSlowLine() {
        for (int i = 0; i < 200; i++) {
            now += TICK;
            auto.update(i % 2 == 0 ? new Line(10, 5, 700, 20_000, 90, 500, 20, 900, 1, 0) : new Line(40, 20, 900, 20_000, 30_000, 30, 20, 20, 0.1, 0), now);
            assertEquals(PictureQuality.SHARP, auto.quality());
        }
    }

    @Test
    public void aSlowLineIsFoundWithinTwoSeconds() {
        assertTrue(ticksUntil(PictureQuality.SLOW, 480, 4) <= 4);
        assertEquals(480, auto.slowLineKilobits());
    }

    @Test
    public void aLineInTheMiddleGetsTheMiddle() {
        assertTrue(ticksUntil(PictureQuality.BALANCED, 4_000, 4) <= 4);
        for (int i = 0; i < 15; i++) {
            tick(4_000);
            assertEquals(PictureQuality.BALANCED, auto.quality());
        }
    }

    @Test
    public void itGoesUpCarefullyAndEachFailureMakesItWaitLonger() {
        ticksUntil(PictureQuality.SLOW, 1_600, 6);
        int first = ticksUntil(PictureQuality.BALANCED, 1_600, 100);
        ticksUntil(PictureQuality.SLOW, 1_600, 20);
        int second = ticksUntil(PictureQuality.BALANCED, 1_600, 200);
        assertTrue(first + " then " + second, first >= 20 && second >= first + 15);
        ticksUntil(PictureQuality.SLOW, 1_600, 20);
        for (int i = 0; i < 10; i++) {
            ticksUntil(PictureQuality.BALANCED, 1_600, 400);
            ticksUntil(PictureQuality.SLOW, 1_600, 20);
        }
        assertTrue("two minutes at most", ticksUntil(PictureQuality.BALANCED, 1_600, 400) <= 260);
    }

    @Test
    public void aLineThatIsMuchTooSlowIsTriedAgainAfterAMinute() {
        ticksUntil(PictureQuality.SLOW, 480, 4);
        for (int i = 0; i < 118; i++) {
            tick(480);
            assertEquals("after " + i / 2 + " s", PictureQuality.SLOW, auto.quality());
        }
        ticksUntil(PictureQuality.BALANCED, 480, 8);
    }

    @Test
    public void aLineThatRecoversIsSharpAgain() {
        ticksUntil(PictureQuality.SLOW, 480, 4);
        ticksUntil(PictureQuality.SHARP, 200_000, 180);
        assertEquals(0, auto.slowLineKilobits());
    }

    @Test
    public void aLargeFrameThatArrivesFastShowsThatTheLineHasRecovered() {
        ticksUntil(PictureQuality.SLOW, 480, 4);
        for (int i = 0; i < 8; i++) {
            tick(200_000);
        }
        now += TICK;
        auto.update(new Line(24, 12, 400, 5_000, 800, 30, 20, 0, 0.1, 9_000), now);
        ticksUntil(PictureQuality.BALANCED, 200_000, 16);
    }

    @Test
    public void aStillPictureChangesNothing() {
        for (int i = 0; i < 50; i++) {
            now += TICK;
            auto.update(new Line(0, 0, 0, 0, 0, 0, 20, 0, 0, 0), now);
        }
        assertEquals(PictureQuality.SHARP, auto.quality());
    }

    @Test
    public void aStillPictureIsNoProofOfAFastLine() {
        ticksUntil(PictureQuality.SLOW, 480, 4);
        for (int i = 0; i < 500; i++) {
            now += TICK;
            auto.update(new Line(0, 0, 0, 0, 0, 0, 20, 0, 0, 0), now);
        }
        assertEquals(PictureQuality.SLOW, auto.quality());
    }
}
