package org.catseye.power.relay;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.config.BadValueException;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.relay.board.Boards;
import org.junit.Test;

public class RelayControlTest {

    private static final Map<String, Object> BUTTON = Map.of("use", "power-button", "channel", 3, "pressMillis", 50, "holdMillis", 12_000);
    private static final Map<String, Object> SWITCH = Map.of("use", "switch", "channel", 2);

    private final FakeBoards hardware = new FakeBoards();
    private final Boards boards = new Boards(hardware);

    private RelayControl createControl(Map<String, Object> settings) {
        return new RelayControl(settings, boards);
    }

    private static Map<String, Object> with(Map<String, Object> settings, String key, Object value) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(key, value);
        return all;
    }

    @Test(timeout = 30_000)
    public void aPressClosesTheRelayAndOpensItAgain() throws Exception {
        RelayControl control = createControl(BUTTON);
        control.readState();
        assertEquals("the relay of a button is opened with the board", List.of("open 3"), hardware.takeLog());
        control.performAction(PowerAction.PRESS);
        assertEquals(List.of("close 3", "open 3"), hardware.takeLog());
        createControl(Map.of("use", "reset-button", "channel", 4, "pressMillis", 50)).performAction(PowerAction.RESET);
        assertEquals(List.of("open 4", "close 4", "open 4"), hardware.takeLog());
        assertEquals("they share the board", 1, hardware.opened());
    }

    @Test
    public void eachUseHasItsActions() throws Exception {
        assertEquals(Set.of(PowerAction.ON, PowerAction.OFF), createControl(SWITCH).supportedActions());
        assertEquals(Set.of(PowerAction.PRESS, PowerAction.HOLD), createControl(BUTTON).supportedActions());
        assertEquals(Set.of(PowerAction.RESET), createControl(Map.of("use", "reset-button")).supportedActions());
        assertThrows(IOException.class, () -> createControl(SWITCH).performAction(PowerAction.HOLD));
        assertThrows(IOException.class, () -> createControl(BUTTON).performAction(PowerAction.ON));
        assertEquals(List.of(), hardware.takeLog());
    }

    @Test
    public void aSwitchFollowsWhetherClosedMeansOn() throws Exception {
        RelayControl plain = createControl(SWITCH);
        RelayControl inverted = createControl(with(SWITCH, "closedMeansOn", false));
        plain.performAction(PowerAction.ON);
        inverted.performAction(PowerAction.ON);
        inverted.performAction(PowerAction.OFF);
        plain.performAction(PowerAction.OFF);
        assertEquals("a switch is not moved when the board is opened", List.of("close 2", "open 2", "close 2", "open 2"), hardware.takeLog());
        hardware.setClosed(2, true);
        assertEquals(PowerCondition.ON, plain.readState().condition());
        assertEquals(PowerCondition.OFF, inverted.readState().condition());
        hardware.setReportsState(false);
        assertEquals(PowerCondition.UNKNOWN, plain.readState().condition());
    }

    @Test
    public void theStateOfAButtonIsUnknown() throws Exception {
        hardware.setClosed(3, true);
        assertEquals(PowerCondition.UNKNOWN, createControl(BUTTON).readState().condition());
    }

    @Test(timeout = 30_000)
    public void theRelayIsOpenedWhenTheHubGivesUp() throws Exception {
        RelayControl control = createControl(BUTTON);
        AtomicReference<Exception> end = new AtomicReference<>();
        Thread presser = startHolding(control, end);
        hardware.awaitClosed(3);
        presser.interrupt();
        presser.join();
        assertFalse(hardware.isClosed(3));
        assertTrue("" + end.get(), end.get() instanceof InterruptedException);
    }

    @Test(timeout = 30_000)
    public void theRelayIsOpenedWhenTheControlIsStopped() throws Exception {
        RelayControl control = createControl(BUTTON);
        AtomicReference<Exception> end = new AtomicReference<>();
        Thread presser = startHolding(control, end);
        hardware.awaitClosed(3);
        control.closeControl();
        assertFalse("before the bundle is stopped", hardware.isClosed(3));
        presser.join();
        assertEquals("The power control is being stopped.", end.get().getMessage());
        assertThrows(IOException.class, () -> control.performAction(PowerAction.PRESS));
        assertThrows(IOException.class, control::readState);
        assertEquals(List.of("open 3", "close 3", "open 3"), hardware.takeLog());
    }

    private static Thread startHolding(RelayControl control, AtomicReference<Exception> end) {
        Thread presser = new Thread(() -> {
            try {
                control.performAction(PowerAction.HOLD);
            } catch (IOException | InterruptedException e) {
                end.set(e);
            }
        });
        presser.start();
        return presser;
    }

    @Test(timeout = 30_000)
    public void theRelayIsOpenedWhenClosingItFails() throws Exception {
        RelayControl control = createControl(BUTTON);
        control.readState();
        // With the board as it is, and with the board opened again.
        hardware.failClosing(2);
        assertThrows(IOException.class, () -> control.performAction(PowerAction.PRESS));
        assertFalse(hardware.isClosed(3));
    }

    @Test(timeout = 30_000)
    public void openingTheRelayIsTriedAgain() throws Exception {
        RelayControl control = createControl(BUTTON);
        Thread presser = startHolding(control, new AtomicReference<>());
        hardware.awaitClosed(3);
        hardware.failCommands(3);
        presser.interrupt();
        presser.join();
        assertFalse(hardware.isClosed(3));
    }

    @Test(timeout = 30_000)
    public void aBoardThatIsPluggedInAgainIsUsedAtOnce() throws Exception {
        RelayControl control = createControl(SWITCH);
        control.performAction(PowerAction.ON);
        hardware.setPlugged(false);
        assertEquals("No board is plugged in.", assertThrows(IOException.class, control::readState).getMessage());
        hardware.setPlugged(true);
        assertEquals(PowerCondition.OFF, control.readState().condition());
        // Between two uses.
        hardware.setPlugged(false);
        hardware.setPlugged(true);
        control.performAction(PowerAction.ON);
        assertEquals(PowerCondition.ON, control.readState().condition());
    }

    @Test
    public void oneControlThatStopsLeavesTheBoardToTheOthers() throws Exception {
        RelayControl first = createControl(SWITCH);
        RelayControl second = createControl(with(SWITCH, "channel", 5));
        first.performAction(PowerAction.ON);
        second.performAction(PowerAction.ON);
        first.closeControl();
        assertEquals(PowerCondition.ON, second.readState().condition());
        assertTrue("a switch keeps its state", hardware.isClosed(2));
        assertEquals(1, hardware.opened());
        second.closeControl();
        second.closeControl();
        assertEquals(PowerCondition.ON, createControl(SWITCH).readState().condition());
        assertEquals("the last one had closed it", 2, hardware.opened());
    }

    @Test
    public void aWrongSettingIsAStateInWords() {
        for (Map.Entry<String, Object> wrong : List.<Map.Entry<String, Object>>of(Map.entry("board", "parallel"), Map.entry("channel", 0), Map.entry("channel", 9),
            Map.entry("use", "lamp"), Map.entry("closedMeansOn", "perhaps"), Map.entry("serial", "BITFTX"), Map.entry("pressMillis", 0),
            Map.entry("holdMillis", 60_000), Map.entry("device", "/dev/sda"), Map.entry("device", "/dev/hidraw0/../sda"), Map.entry("device", "/dev/ttyUSB0"),
            Map.entry("device", "hidraw0"), Map.entry("device", "/dev/hidraw"), Map.entry("kvm.target", "b a y"))) {
            assertRefused(BUTTON, wrong.getKey(), wrong.getValue());
        }
        Map<String, Object> lcus = Map.of("board", "lcus");
        for (String device : List.of("/dev/hidraw0", "/dev/ttyS0", "/dev/tty1", "/dev/serial/by-id/../../sda", "/dev/serial/by-path/x", "/dev/serial/by-id/")) {
            assertRefused(lcus, "device", device);
        }
        assertRefused(lcus, "serial", "BITFT");
        assertEquals(0, hardware.opened());
    }

    private void assertRefused(Map<String, Object> settings, String key, Object value) {
        Map<String, Object> all = with(settings, key, value);
        RelayControl control = createControl(all);
        assertEquals(key, Set.of(), control.supportedActions());
        String message = assertThrows(BadValueException.class, control::readState).getMessage();
        assertTrue(message, message.contains(key + " is '" + value + "'"));
        assertEquals(message, assertThrows(BadValueException.class, () -> new RelayCheck().checkValues(all)).getMessage());
        control.closeControl();
    }

    @Test
    public void nodesOfBothKindsAreAllowed() throws Exception {
        for (String device : List.of("", "/dev/ttyUSB0", "/dev/ttyACM12", "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0")) {
            new RelayCheck().checkValues(Map.of("board", "lcus", "device", device));
        }
        new RelayCheck().checkValues(Map.of("board", "hid", "device", "/dev/hidraw0", "serial", "BITFT"));
    }
}
