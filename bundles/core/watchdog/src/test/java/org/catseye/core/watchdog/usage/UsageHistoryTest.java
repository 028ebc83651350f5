package org.catseye.core.watchdog.usage;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.core.watchdog.output.OutputTotals;
import org.catseye.plugins.health.HealthFigure;
import org.junit.Test;

public class UsageHistoryTest {

    private static final long STEP = TimeUnit.SECONDS.toNanos(2);

    private long now = 77;
    private long lines = 1_000;
    private final UsageHistory history = new UsageHistory(now, totals());

    private OutputTotals totals() {
        return new OutputTotals(lines, 3, 2 * lines, 4, 7);
    }

    private void pass(int samples, double own, double callback, int linesEach) {
        for (int i = 0; i < samples; i++) {
            now += STEP;
            lines += linesEach;
            history.add(now, new ThreadUsage((long) (STEP * own), (long) (STEP * callback), Set.of(1L, 2L)), totals());
        }
    }

    private double figure(HealthFigure figure) {
        return history.describeFigures().get(figure);
    }

    @Test
    public void sharesAreUnknownUntilTheirTimeHasPassed() {
        pass(4, 1, 0, 0);
        assertFalse(history.describeFigures().containsKey(HealthFigure.CPU_TEN_SECONDS));
        pass(1, 1, 0, 0);
        assertEquals(100, figure(HealthFigure.CPU_TEN_SECONDS), 0.01);
        assertFalse(history.describeFigures().containsKey(HealthFigure.CPU_MINUTE));
        pass(25, 0, 0.5, 0);
        assertEquals("ten of sixty seconds, and half of fifty", (1 * 10 + 0.5 * 50) / 60 * 100, figure(HealthFigure.CPU_MINUTE), 0.01);
        assertEquals(0.5 * 50 / 60 * 100, figure(HealthFigure.CALLBACK_CPU_MINUTE), 0.01);
        assertEquals(50, figure(HealthFigure.CPU_TEN_SECONDS), 0.01);
        assertEquals(35, figure(HealthFigure.CPU_TOTAL), 0.01);
    }

    @Test
    public void linesAreThoseOfTheLastMinuteAndDroppedOnesAllOfThem() {
        pass(10, 0, 0, 5);
        assertEquals(50, figure(HealthFigure.LOG_LINES), 0);
        assertEquals(100, figure(HealthFigure.PRINTED_LINES), 0);
        assertEquals(3, figure(HealthFigure.DROPPED_LOG_LINES), 0);
        assertEquals(0, figure(HealthFigure.EXCEPTIONS), 0);
        pass(25, 0, 0, 0);
        assertEquals("the first ten seconds are over", 25, figure(HealthFigure.LOG_LINES), 0);
        pass(30, 0, 0, 0);
        assertEquals(0, figure(HealthFigure.LOG_LINES), 0);
        assertEquals(2, figure(HealthFigure.THREADS), 0);
    }
}
