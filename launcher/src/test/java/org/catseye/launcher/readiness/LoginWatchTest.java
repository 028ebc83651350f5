package org.catseye.launcher.readiness;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class LoginWatchTest {
    private final List<String> errors = new ArrayList<>();
    private boolean open = true;
    private List<String> repairs = List.of();
    private int attempts;
    private final LoginWatch watch = new LoginWatch(() -> open, () -> {
        attempts++;
        if (repairs == null) {
            throw new IllegalStateException("on purpose");
        }
        return repairs;
    }, () -> List.of("the gate is stopped"), errors::add);

    private void check(int times) {
        for (int i = 0; i < times; i++) {
            watch.checkLogin();
        }
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
        open = false;
        repairs = null;
        check(3);
        assertEquals(2, attempts);
    }
}
