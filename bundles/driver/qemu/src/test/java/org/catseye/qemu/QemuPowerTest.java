package org.catseye.qemu;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.spi.PowerControl;
import org.catseye.targets.SelfCheck;
import org.catseye.testkit.PowerControlContract;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The contract of power controls against a real QEMU, and what its states and events mean. */
public final class QemuPowerTest extends PowerControlContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private QemuProcess machine;
    private QemuTarget target;

    @Before
    public void startMachine() throws Exception {
        Assume.assumeTrue("QEMU is installed (qemu-system-x86)", QemuProcess.isInstalled());
        String disk = GuestImage.writeDisk(folder.getRoot().toPath().resolve("disk")).toString();
        machine = new QemuProcess(folder.getRoot().toPath(), "-no-shutdown", "-device", "pvpanic", "-action", "panic=pause", "-drive", "if=ide,index=0,format=raw,file=" + disk);
    }

    @After
    public void stopMachine() {
        if (target != null) {
            target.stopTarget();
        }
        if (machine != null) {
            machine.close();
        }
    }

    @Override
    protected PowerControl createControl() throws Exception {
        target = new QemuTarget(Map.of("socket", machine.socket().toString(), "picture", false), drive -> () -> { });
        QemuProcess.awaitTrue("the driver is connected", () -> {
            try {
                return target.readState() != null;
            } catch (IOException e) {
                return false;
            }
        });
        return target;
    }

    @Override
    protected void setComputerOn(boolean on) throws Exception {
        machine.execute("stop", Map.of());
        machine.execute("system_reset", Map.of());
        QemuProcess.awaitTrue("QEMU resets the machine", () -> machine.status().equals("prelaunch"));
        if (on) {
            machine.execute("cont", Map.of());
        }
        machine.forgetEvents();
    }

    @Override
    protected boolean noticedAction(PowerAction action) throws Exception {
        return switch (action) {
            case PRESS, ON, WAKE -> machine.status().equals("running") && machine.events().contains("RESUME");
            case RESET -> machine.status().equals("running") && machine.events().contains("RESET");
            case HOLD, OFF -> machine.status().equals("prelaunch") && machine.events().contains("RESET");
            case CYCLE -> machine.status().equals("running") && machine.events().contains("RESET") && machine.events().contains("RESUME");
        };
    }

    @Override
    protected void breakDevice() throws Exception {
        machine.killQemu();
    }

    @Test
    public void aGuestShutsDownAtAPressAndStartsAtTheNextOne() throws Exception {
        PowerControl control = createControl();
        try (Guest guest = new Guest(machine)) {
            control.performAction(PowerAction.RESET);
            guest.awaitStart();
            control.performAction(PowerAction.PRESS);
            guest.awaitPowerButton();
            QemuProcess.awaitTrue("it is off", () -> control.readState().condition() == PowerCondition.OFF);
            assertEquals("shutdown", machine.status());
            control.performAction(PowerAction.PRESS);
            guest.awaitStart();
            assertEquals(PowerCondition.ON, control.readState().condition());
        }
    }

    @Test
    public void aSleepingGuestIsOnAndWakesUp() throws Exception {
        PowerControl control = createControl();
        try (Guest guest = new Guest(machine)) {
            control.performAction(PowerAction.RESET);
            guest.awaitStart();
            guest.sendCommand('S');
            QemuProcess.awaitTrue("it sleeps", () -> machine.status().equals("suspended"));
            assertEquals(PowerCondition.ON, control.readState().condition());
            control.performAction(PowerAction.WAKE);
            QemuProcess.awaitTrue("it wakes up", () -> machine.status().equals("running"));
        }
    }

    @Test
    public void aGuestThatHasCrashedStartsAgainAtAReset() throws Exception {
        PowerControl control = createControl();
        try (Guest guest = new Guest(machine)) {
            control.performAction(PowerAction.RESET);
            guest.awaitStart();
            guest.sendCommand('C');
            QemuProcess.awaitTrue("it has crashed", () -> machine.status().equals("guest-panicked"));
            assertEquals(PowerCondition.ON, control.readState().condition());
            SelfCheck.Item item = target.checkItems().get(1);
            assertTrue(item.toString(), !item.ok() && item.description().startsWith("Its operating system has crashed."));
            assertTrue(assertThrows(IOException.class, () -> control.performAction(PowerAction.PRESS)).getMessage().contains("has crashed"));
            control.performAction(PowerAction.RESET);
            guest.awaitStart();
        }
    }

    @Test
    public void aPausedMachineRefusesAPressAndContinues() throws Exception {
        PowerControl control = createControl();
        machine.execute("stop", Map.of());
        assertEquals(PowerCondition.ON, control.readState().condition());
        IOException refused = assertThrows(IOException.class, () -> control.performAction(PowerAction.PRESS));
        assertTrue(refused.getMessage(), refused.getMessage().contains("It is paused."));
        control.performAction(PowerAction.ON);
        assertEquals("running", machine.status());
        control.performAction(PowerAction.OFF);
        IOException off = assertThrows(IOException.class, () -> control.performAction(PowerAction.RESET));
        assertTrue(off.getMessage(), off.getMessage().contains("switched off"));
    }

    @Test
    public void itReportsWhenQemuEndsAndReturns() throws Exception {
        PowerControl control = createControl();
        machine.killQemu();
        QemuProcess.awaitTrue("the end is noticed", () -> failsWith(control, "The "));
        machine.close();
        machine.startQemu();
        QemuProcess.awaitTrue("it is connected again", () -> failsWith(control, ""));
        assertTrue(target.checkItems().toString(), target.checkItems().get(0).ok());
    }

    /** @param message empty if it must not fail */
    private static boolean failsWith(PowerControl control, String message) {
        try {
            control.readState();
            return message.isEmpty();
        } catch (IOException e) {
            return !message.isEmpty() && e.getMessage().contains(message);
        }
    }

    @Test
    public void aQemuThatHangsIsReportedAndThenUsedAgain() throws Exception {
        PowerControl control = createControl();
        sendSignal("STOP");
        try {
            assertTrue(failsWith(control, "QEMU does not answer"));
            assertFalse(target.checkItems().stream().allMatch(SelfCheck.Item::ok));
        } finally {
            sendSignal("CONT");
        }
        QemuProcess.awaitTrue("it answers again", () -> failsWith(control, ""));
    }

    private void sendSignal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(machine.pid())).start().waitFor();
    }

    @Test
    public void eventsAreDescribed() throws Exception {
        PowerControl control = createControl();
        control.performAction(PowerAction.OFF);
        QemuProcess.awaitTrue("the check shows it", () -> target.checkItems().stream().anyMatch(item ->
                item.description().equals("It is switched off. Latest event: The virtual machine was reset.")));
    }

    @Test
    public void aSecondProgramIsToldThatQemuServesOneAtATime() throws Exception {
        createControl();
        QemuTarget second = new QemuTarget(Map.of("socket", machine.socket().toString()), drive -> () -> { });
        try {
            QemuProcess.awaitTrue("it waits", () -> failsWith(second, "it serves one at a time"));
            target.stopTarget();
            QemuProcess.awaitTrue("its turn", () -> failsWith(second, ""));
        } finally {
            second.stopTarget();
        }
    }

    @Test
    public void aBadSettingIsReported() {
        QemuTarget bad = new QemuTarget(Map.of("socket", "qmp"), drive -> () -> { });
        assertEquals(Set.of(), bad.supportedActions());
        assertTrue(assertThrows(IOException.class, bad::readState).getMessage().contains("socket is 'qmp'"));
        assertEquals(1, bad.checkItems().size());
    }
}
