package org.catseye.testkit;

import static org.catseye.testkit.DeviceAssertions.assertFailsInWords;
import static org.catseye.testkit.DeviceAssertions.await;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.TimeUnit;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.spi.PowerControl;
import org.junit.Test;

/**
 * The contract that every power control must fulfil. The test of a driver provides a control with a real or simulated computer
 * behind it, and tells what happened to that computer.
 */
public abstract class PowerControlContract {

    private static final long READ_LIMIT_MILLIS = 3_000;
    private static final long ACTION_LIMIT_MILLIS = 15_000;
    /** For machines that have much to do. */
    private static final long TOLERANCE_MILLIS = 2_000;

    /** A control that can be used. Called once per test. */
    protected abstract PowerControl createControl() throws Exception;

    /** Switches the computer behind the control on or off by itself. */
    protected abstract void setComputerOn(boolean on) throws Exception;

    /** Whether the computer behind the control has noticed an action since {@link #setComputerOn}. */
    protected abstract boolean noticedAction(PowerAction action) throws Exception;

    /** Makes the device fail at its next use, and from then on: unplugs it, stops its server. */
    protected abstract void breakDevice() throws Exception;

    /** Whether the device can tell that the computer is on. */
    protected boolean reportsState() {
        return true;
    }

    /** Whether a device that is broken can be noticed at all: a message that is broadcast has no answer. */
    protected boolean noticesFailure() {
        return true;
    }

    @Test
    public final void supportsAnAction() throws Exception {
        assertFalse(createControl().supportedActions().isEmpty());
    }

    @Test
    public final void eachSupportedActionReachesTheComputerInTime() throws Exception {
        PowerControl control = createControl();
        for (PowerAction action : control.supportedActions()) {
            setComputerOn(action.isInterrupting());
            long start = System.nanoTime();
            control.performAction(action);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(action + " took " + took + " ms", took < ACTION_LIMIT_MILLIS + TOLERANCE_MILLIS);
            await("the computer noticed " + action, () -> noticedAction(action));
        }
    }

    @Test
    public final void readsTheState() throws Exception {
        PowerControl control = createControl();
        for (boolean on : new boolean[] {true, false, true}) {
            setComputerOn(on);
            PowerCondition expected = !reportsState() ? PowerCondition.UNKNOWN : on ? PowerCondition.ON : PowerCondition.OFF;
            await("the control reports " + expected, () -> control.readState().condition() == expected);
        }
    }

    @Test
    public final void aBrokenDeviceIsReportedInWordsAndInTime() throws Exception {
        PowerControl control = createControl();
        if (!noticesFailure()) {
            return;
        }
        breakDevice();
        for (PowerAction action : control.supportedActions()) {
            assertFailsInWords(() -> control.performAction(action), ACTION_LIMIT_MILLIS + TOLERANCE_MILLIS);
        }
        if (reportsState()) {
            assertFailsInWords(control::readState, READ_LIMIT_MILLIS + TOLERANCE_MILLIS);
        }
    }
}
