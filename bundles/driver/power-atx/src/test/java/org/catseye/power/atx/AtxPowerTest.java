package org.catseye.power.atx;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.config.BadValueException;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.spi.PowerControl;
import org.catseye.testkit.PowerControlContract;
import org.junit.Test;

public class AtxPowerTest extends PowerControlContract {

    private static final Map<String, Object> ALL_LINES = Map.of("powerButton", 17, "resetButton", 27, "powerLed", 22, "diskLed", 23, "holdMillis", 4_000, "pressMillis", 50);

    private final AtxComputer computer = new AtxComputer();
    private final CountDownLatch pressed = new CountDownLatch(1);
    private boolean broken;
    private int opened;
    private boolean diskLit;

    private final class Lines implements FrontPanel {
        @Override
        public void setPressed(Button button, boolean down) throws IOException {
            requireWorking();
            computer.handleButton(button, down);
            pressed.countDown();
        }

        @Override
        public boolean isLit(Led led) throws IOException {
            requireWorking();
            return led == Led.POWER ? computer.isOn() : diskLit;
        }

        private void requireWorking() throws IOException {
            if (broken) {
                throw new IOException("The controller is gone.");
            }
        }

        @Override
        public void close() {
            computer.handleButton(Button.POWER, false);
        }
    }

    private AtxPower control(Map<String, Object> settings) {
        return new AtxPower(settings, parsed -> {
            opened++;
            return new Lines();
        });
    }

    @Override
    protected PowerControl createControl() {
        return control(ALL_LINES);
    }

    @Override
    protected void setComputerOn(boolean on) {
        computer.setOn(on);
    }

    @Override
    protected boolean noticedAction(PowerAction action) {
        return computer.noticed(action);
    }

    @Override
    protected void breakDevice() {
        broken = true;
    }

    @Test
    public void onlyWhatIsWiredCanBeDone() throws Exception {
        assertEquals(Set.of(), control(Map.of()).supportedActions());
        assertEquals(Set.of(PowerAction.RESET), control(Map.of("resetButton", 3)).supportedActions());
        assertEquals("without the LED nobody knows what the button does", Set.of(PowerAction.PRESS, PowerAction.HOLD), control(Map.of("powerButton", 3)).supportedActions());
        assertEquals(Set.of(PowerAction.PRESS, PowerAction.HOLD, PowerAction.ON, PowerAction.OFF, PowerAction.RESET), control(ALL_LINES).supportedActions());
        assertEquals(PowerCondition.UNKNOWN, control(Map.of("powerButton", 3)).readState().condition());
    }

    @Test
    public void onAndOffDoNothingToAComputerThatIsThereAlready() throws Exception {
        AtxPower control = control(ALL_LINES);
        computer.setOn(true);
        control.performAction(PowerAction.ON);
        computer.setOn(false);
        control.performAction(PowerAction.OFF);
        assertEquals(0, computer.pressMillis(FrontPanel.Button.POWER));
    }

    @Test
    public void theDiskLedIsReported() throws Exception {
        AtxPower control = control(ALL_LINES);
        computer.setOn(true);
        assertEquals(Optional.of(false), control.readState().diskActive());
        diskLit = true;
        assertEquals(Optional.of(true), control.readState().diskActive());
    }

    @Test
    public void aButtonIsReleasedWhenTheHubGivesUp() throws Exception {
        AtxPower control = control(ALL_LINES);
        computer.setOn(true);
        Thread presser = new Thread(() -> {
            try {
                control.performAction(PowerAction.HOLD);
            } catch (IOException | InterruptedException expected) {
                // It is interrupted below.
            }
        });
        presser.start();
        assertTrue("pressed", pressed.await(10, TimeUnit.SECONDS));
        presser.interrupt();
        presser.join(10_000);
        assertTrue("released early", computer.pressMillis(FrontPanel.Button.POWER) < 3_900);
        assertTrue("and was pressed", computer.wasPressed(FrontPanel.Button.POWER));
    }

    @Test
    public void theLinesAreOpenedAgainAfterAFailure() throws Exception {
        AtxPower control = control(ALL_LINES);
        computer.setOn(true);
        control.readState();
        control.readState();
        assertEquals(1, opened);
        broken = true;
        assertThrows(IOException.class, control::readState);
        broken = false;
        assertEquals(PowerCondition.ON, control.readState().condition());
        assertEquals(2, opened);
    }

    @Test
    public void aWrongSettingIsAStateInWords() {
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of("powerButton", "seventeen", "powerLed", -2, "chip", "../etc/passwd", "pressMillis", 0, "holdMillis", 60_000,
                "buttonsActiveLow", "perhaps", "diskLed", 17).entrySet()) {
            Map<String, Object> settings = new HashMap<>(ALL_LINES);
            settings.put(wrong.getKey(), wrong.getValue());
            AtxPower control = control(settings);
            assertEquals(wrong.getKey(), Set.of(), control.supportedActions());
            String message = assertThrows(BadValueException.class, control::readState).getMessage();
            assertTrue(message, message.contains(wrong.getKey()) && message.contains("it has to be"));
            assertEquals(message, assertThrows(BadValueException.class, () -> new AtxCheck().checkValues(settings)).getMessage());
        }
        assertEquals(0, opened);
    }
}
