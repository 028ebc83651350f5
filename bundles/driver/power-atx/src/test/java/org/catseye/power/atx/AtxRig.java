package org.catseye.power.atx;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.atx.FrontPanel.Button;
import org.catseye.power.spi.PowerControl;
import org.catseye.testkit.PowerControlContract;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * On a real kernel, by {@code rig/guest}: the lines are those of gpio-mockup, whose other side is a folder of debugfs with a file per
 * line. Line 0 is the power button, 1 the reset button, 2 the power LED (active low), 3 the disk LED.
 */
public class AtxRig extends PowerControlContract {

    private static final Path OTHER_SIDE = Path.of("/sys/kernel/debug/gpio-mockup/gpiochip0");
    private static final long POLL_MILLIS = 5;
    /** How late the emulated guest may be, beside other programs of the host. */
    private static final long SLACK_MILLIS = 1_500;

    private final AtxComputer computer = new AtxComputer();
    private final Thread mainboard = new Thread(this::runMainboard, "mainboard");
    private AtxPower control;

    @Before
    public void plugIn() {
        mainboard.setDaemon(true);
        mainboard.start();
    }

    @After
    public void unplug() throws InterruptedException {
        if (control != null) {
            control.closePanel();
        }
        mainboard.interrupt();
        mainboard.join();
    }

    private void runMainboard() {
        try {
            while (!Thread.interrupted()) {
                computer.handleButton(Button.POWER, level(0));
                computer.handleButton(Button.RESET, level(1));
                setLevel(2, !computer.isOn());
                Thread.sleep(POLL_MILLIS);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean level(int line) throws IOException {
        return Files.readString(OTHER_SIDE.resolve(Integer.toString(line))).startsWith("1");
    }

    private static void setLevel(int line, boolean high) throws IOException {
        Files.writeString(OTHER_SIDE.resolve(Integer.toString(line)), high ? "1" : "0");
    }

    private static AtxPower control(int powerLine) {
        return new AtxPower(Map.of("powerButton", powerLine, "resetButton", 1, "powerLed", 2, "diskLed", 3, "holdMillis", 4_200, "pressMillis", 200));
    }

    @Override
    protected PowerControl createControl() {
        control = control(0);
        return control;
    }

    @Override
    protected void setComputerOn(boolean on) throws InterruptedException {
        computer.setOn(on);
        Thread.sleep(4 * POLL_MILLIS);
    }

    @Override
    protected boolean noticedAction(PowerAction action) {
        return computer.noticed(action);
    }

    @Override
    protected void breakDevice() {
        control.closePanel();
    }

    @Test
    public void theOtherSideMeasuresThePulses() throws Exception {
        createControl();
        setComputerOn(true);
        control.performAction(PowerAction.RESET);
        Thread.sleep(20 * POLL_MILLIS);
        assertPulse(200, computer.pressMillis(Button.RESET));
        control.performAction(PowerAction.HOLD);
        Thread.sleep(20 * POLL_MILLIS);
        assertPulse(4_200, computer.pressMillis(Button.POWER));
    }

    private static void assertPulse(long expected, long measured) {
        System.out.println("pulse of " + expected + " ms: " + measured + " ms on the other side");
        assertTrue(measured + " ms", measured > expected - 10 * POLL_MILLIS && measured < expected + SLACK_MILLIS);
    }

    @Test
    public void aLineThatIsTakenOrMissingIsNamed() throws Exception {
        createControl();
        control.readState();
        AtxPower second = control(4);
        String taken = assertThrows(IOException.class, second::readState).getMessage();
        assertEquals("The line 1 of gpio-mockup-A is in use by another program.", taken);
        AtxPower missing = control(99);
        assertTrue(assertThrows(IOException.class, missing::readState).getMessage().contains("it has the lines 0 to 7"));
        control.closePanel();
        second.readState();
        second.closePanel();
    }
}
