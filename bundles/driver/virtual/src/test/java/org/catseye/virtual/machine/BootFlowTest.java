package org.catseye.virtual.machine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.machine.Machine.Power;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.SceneCode;
import org.junit.Test;

public class BootFlowTest {

    private static final int CTRL_ALT = 5;

    private final Bench bench = new Bench();

    private void at(SceneCode code) {
        assertEquals(code, bench.machine.sceneCode());
    }

    @Test
    public void postCountsListsAndBootsTheConsole() {
        bench.pass(600);
        at(SceneCode.POST);
        assertTrue(bench.text(), bench.text().contains("3264 MiB\n") && !bench.text().contains("SATA"));
        assertTrue(bench.text().contains("Press F2 for setup, F12 for boot menu"));
        bench.pass(2300);
        assertTrue(bench.text(), bench.text().contains("8192 MiB OK") && bench.text().contains("SATA 1"));
        bench.pass(200);
        at(SceneCode.BOOTING);
        bench.pass(1000);
        at(SceneCode.CONSOLE);
    }

    @Test
    public void timeThatNobodyWatchedIsMadeUpFor() {
        bench.pass(3_600_000);
        at(SceneCode.CONSOLE);
        bench.type("uptime\n");
        assertTrue(bench.text(), bench.text().contains("up 1:00:00"));
    }

    @Test
    public void theBootMenuBootsTheDesktop() {
        bench.tap(Keys.F12).pass(3100);
        at(SceneCode.BOOT_MENU);
        bench.tap(Keys.DOWN).tap(Keys.ENTER).pass(2000);
        at(SceneCode.DESKTOP);
    }

    @Test
    public void aHeldKeyIsSeenByPostToo() {
        bench.machine.powerOff();
        bench.machine.acceptKeyboard(new KeyboardReport(0, List.of(Keys.F2)).toBootReport());
        bench.machine.powerOn();
        bench.pass(3100);
        at(SceneCode.SETUP);
    }

    @Test
    public void devicesThatDoNotBootAreExplainedAndPassedOver() {
        Bench net = new Bench(1280, 720, Nvram.DEFAULTS.withFirstDevice(BootDevice.NETWORK).withFirstDevice(BootDevice.USB)).pass(3500);
        assertTrue(net.text(), net.text().contains("No medium present"));
        net.pass(1000);
        assertTrue(net.text(), net.text().contains("PXE-E61"));
        net.pass(3000);
        assertEquals(SceneCode.CONSOLE, net.machine.sceneCode());
    }

    @Test
    public void nothingToBootFromLeadsToTheMenu() {
        bench.tap(Keys.F12).pass(3100).tap(Keys.DOWN).tap(Keys.DOWN).tap(Keys.ENTER).pass(3000);
        at(SceneCode.BOOTING);
        assertTrue(bench.text().contains("Nothing to boot from"));
        bench.tap(Keys.ENTER);
        at(SceneCode.BOOT_MENU);
    }

    @Test
    public void setupChangesStayWhenSavedAndTakeEffect() {
        bench.tap(Keys.F2).pass(3100);
        at(SceneCode.SETUP);
        bench.type("-");
        bench.tap(Keys.RIGHT).tap(Keys.DOWN).type("-");
        bench.tap(Keys.RIGHT).tap(Keys.DOWN).type("+");
        assertEquals("not before they are saved", Nvram.DEFAULTS, bench.machine.nvram());
        bench.tap(Keys.F10).tap(Keys.ENTER);
        at(SceneCode.POST);
        Nvram expected = Nvram.DEFAULTS.withNumLock(false).withRepeat(500, 15).withFirstDevice(BootDevice.DESKTOP);
        assertEquals(expected, bench.machine.nvram());
        bench.pass(5000);
        at(SceneCode.DESKTOP);
        assertEquals("NumLock stays dark", 0, bench.machine.leds());
    }

    @Test
    public void setupLeftWithEscapeChangesNothing() {
        bench.tap(Keys.F2).pass(3100).type("-").tap(Keys.ESCAPE).type("n");
        at(SceneCode.SETUP);
        bench.tap(Keys.ESCAPE).type("y");
        at(SceneCode.POST);
        assertEquals(Nvram.DEFAULTS, bench.machine.nvram());
    }

    @Test
    public void controlAltDeleteRestartsOnceHoweverLongItIsHeld() {
        bench.pass(5000);
        at(SceneCode.CONSOLE);
        bench.machine.acceptKeyboard(new KeyboardReport(CTRL_ALT, List.of(Keys.DELETE)).toBootReport());
        at(SceneCode.POST);
        bench.pass(3500);
        at(SceneCode.BOOTING);
    }

    @Test
    public void theDesktopAsksOnControlAltDelete() {
        Bench desktop = Bench.at(SceneCode.DESKTOP).tap(CTRL_ALT, Keys.DELETE);
        assertEquals(SceneCode.DESKTOP, desktop.machine.sceneCode());
        desktop.click(555, 341);
        assertEquals("its restart button", SceneCode.SHUTTING_DOWN, desktop.machine.sceneCode());
        desktop.pass(1100);
        assertEquals(SceneCode.POST, desktop.machine.sceneCode());
    }

    @Test
    public void poweroffSaysGoodbyeAndGoesOff() {
        bench.pass(5000).type("poweroff\n");
        at(SceneCode.SHUTTING_DOWN);
        bench.pass(1100);
        assertEquals(Power.OFF, bench.machine.power());
        assertEquals("", bench.text());
        bench.machine.pressPowerButton();
        at(SceneCode.POST);
    }

    @Test
    public void thePowerKeyShutsARunningSystemDownInOrder() {
        bench.pass(5000).machine.pressPowerButton();
        at(SceneCode.SHUTTING_DOWN);
        bench.pass(1100);
        assertEquals(Power.OFF, bench.machine.power());
    }
}
