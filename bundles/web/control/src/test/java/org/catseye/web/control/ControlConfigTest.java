package org.catseye.web.control;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.catseye.web.control.lease.LeaseRules;
import org.junit.Test;

public class ControlConfigTest {

    private static final LeaseRules DEFAULTS = new LeaseRules(false, Duration.ofMinutes(15), Duration.ofSeconds(10));

    @Test
    public void valuesWithinTheLimitsAreUsed() {
        assertEquals(new LeaseRules(true, Duration.ZERO, Duration.ofMinutes(5)),
            ControlHandler.readRules(Map.of("shared", "true", "idleMinutes", 0, "graceSeconds", "300")));
    }

    @Test
    public void badValuesAreReplacedByTheDefaults() {
        assertEquals(DEFAULTS, ControlHandler.readRules(Map.of()));
        assertEquals(DEFAULTS, ControlHandler.readRules(Map.of("shared", "maybe", "idleMinutes", 1441, "graceSeconds", "soon")));
        assertEquals(DEFAULTS, ControlHandler.readRules(Map.of("idleMinutes", -1, "graceSeconds", 301)));
    }
}
