package org.catseye.power.relay;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.junit.Test;

/** On a real kernel, by {@code rig/guest}: relay 1 presses the power button, and the board measures how long. */
public class RelayButtonRig extends RelayRigContract {

    private static final String SERIAL = "HURTM";
    private static final int PRESS_MILLIS = 200;
    private static final int HOLD_MILLIS = 5_000;
    /** A press may be seen as shorter by so much, because the board is told by a message on its way. */
    private static final long EARLY_MILLIS = 50;
    /** How late the emulated guest may be, beside other programs of the host. */
    private static final long SLACK_MILLIS = 2_500;

    private long pulsesBefore;

    public RelayButtonRig() {
        super(SERIAL, 1);
    }

    @Override
    protected PowerControl createControl() {
        return useControl(Map.of("use", "power-button"));
    }

    @Override
    protected void setComputerOn(boolean on) throws Exception {
        pulsesBefore = hardware.countPulses(SERIAL, 1);
    }

    @Override
    protected boolean noticedAction(PowerAction action) throws IOException {
        return hardware.countPulses(SERIAL, 1) == pulsesBefore + 1 && !hardware.isClosed(SERIAL, 1);
    }

    @Override
    protected boolean reportsState() {
        return false;
    }

    @Test
    public void theBoardMeasuresThePulses() throws Exception {
        createControl();
        // The first press of a JVM loads classes, which takes a second on an emulated processor.
        control.performAction(PowerAction.PRESS);
        control.performAction(PowerAction.PRESS);
        assertPulse(PRESS_MILLIS);
        control.performAction(PowerAction.HOLD);
        assertPulse(HOLD_MILLIS);
        assertEquals(3, hardware.countPulses(SERIAL, 1));
    }

    private void assertPulse(long expected) throws IOException {
        long measured = hardware.readPulseMillis(SERIAL, 1);
        System.out.println("pulse of " + expected + " ms: " + measured + " ms at the board");
        assertTrue(measured + " ms", measured > expected - EARLY_MILLIS && measured < expected + SLACK_MILLIS);
    }

    @Test
    public void theRelayIsOpenedWhenTheHubGivesUp() throws Exception {
        createControl();
        Thread presser = startHolding();
        presser.interrupt();
        presser.join();
        assertFalse(hardware.isClosed(SERIAL, 1));
        assertTrue("early", hardware.readPulseMillis(SERIAL, 1) < HOLD_MILLIS);
    }

    @Test
    public void theRelayIsOpenedWhenTheControlIsStopped() throws Exception {
        createControl();
        Thread presser = startHolding();
        control.closeControl();
        assertFalse("before the bundle is stopped", hardware.isClosed(SERIAL, 1));
        presser.join();
        assertEquals(1, hardware.countPulses(SERIAL, 1));
    }

    private Thread startHolding() throws Exception {
        Thread presser = new Thread(() -> assertThrows(Exception.class, () -> control.performAction(PowerAction.HOLD)));
        presser.start();
        while (!hardware.isClosed(SERIAL, 1)) {
            Thread.sleep(5);
        }
        return presser;
    }

    @Test
    public void aRelayThatWasLeftClosedIsOpenedWithTheBoard() throws Exception {
        createControl();
        hardware.perform("relay " + SERIAL + " 1 1");
        control.readState();
        assertFalse(hardware.isClosed(SERIAL, 1));
    }
}
