package org.catseye.launcher.readiness;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class LoginWatchTest {
    private final List<String> errors = new ArrayList<>();
    private boolean open = true;
    private List<String> repairs = List.of();
    private int attempts;
    private long nanos;
    private final LoginWatch watch = new LoginWatch(() -> open, () -> {
        attempts++;
        if (repairs == null) {
            throw new IllegalStateException("on purpose");
        }
        return repairs;
    }, () -> List.of("the gate is stopped"), errors::add, () -> nanos);

    private void check(int times) {
        for (int i = 0; i < times; i++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(watch.intervalMillis());
            watch.checkLogin();
        }
    }

    @Test
    public void theFirstLoginIsSeenAtOnceAndRepairsDoNotBeginEarlier() {
        open = false;
        repairs = List.of("the gate is started again");
        int perInterval = (int) (LoginWatch.INTERVAL_MILLIS / LoginWatch.START_INTERVAL_MILLIS);
        check(2 * perInterval - 1);
        assertEquals("the start may take a while", 0, attempts);
        check(1);
        assertEquals(1, attempts);
        assertEquals(LoginWatch.START_INTERVAL_MILLIS, watch.intervalMillis());
        open = true;
        check(1);
        assertEquals(LoginWatch.INTERVAL_MILLIS, watch.intervalMillis());
        open = false;
        check(2);
        assertEquals("afterwards each failure counts", 2, attempts);
        assertEquals(LoginWatch.INTERVAL_MILLIS, watch.intervalMillis());
    }

    @Test
    public void repairStartsAtSecondFailureInARow() {
        check(3);
        open = false;
        check(1);
        open = true;
        check(1);
        open = false;
        check(1);
        assertEquals("bundles are being updated", 0, attempts);
        repairs = List.of("the gate is started again");
        check(1);
        assertEquals(1, attempts);
        assertEquals(List.of(), errors);
    }

    @Test
    public void unrepairableOutageIsReportedOnceWithRemedy() {
        check(1);
        open = false;
        check(5);
        assertEquals(1, errors.size());
        assertTrue(errors.get(0), errors.get(0).contains("the gate is stopped") && errors.get(0).contains("catseye recover"));
        open = true;
        check(1);
        open = false;
        check(3);
        assertEquals("a new outage", 2, errors.size());
    }

    @Test
    public void failedRepairIsRetried() {
        check(1);
        open = false;
        repairs = null;
        check(3);
        assertEquals(2, attempts);
    }
}
