package org.catseye.virtual.machine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.scene.SceneCode;
import org.junit.Test;

public class ConsoleTest {

    private static final String PROMPT = "user@pretend:~$";
    private static final int CTRL = 1;
    private static final int SHIFT = 2;

    private final Bench bench = Bench.at(SceneCode.CONSOLE);

    private void has(String text) {
        assertTrue(bench.text(), bench.text().contains(text));
    }

    @Test
    public void whatIsTypedAppearsAndEchoRepeatsIt() {
        bench.type("echo 'Hello,  World!' \"it's\"");
        assertEquals(PROMPT + " echo 'Hello,  World!' \"it's\"", bench.lastLine());
        assertEquals("' \"it's\"", bench.tag().typed());
        bench.type("\n");
        has("\nHello,  World! it's\n");
        assertEquals(PROMPT, bench.lastLine());
        assertEquals("", bench.tag().typed());
    }

    @Test
    public void linesAreEditedInPlace() {
        bench.type("cho helo").tap(Keys.HOME).type("e").tap(Keys.END).tap(Keys.LEFT).type("l");
        assertEquals(PROMPT + " echo hello", bench.lastLine());
        bench.tap(Keys.BACKSPACE).tap(Keys.DELETE).tap(CTRL, Keys.A).tap(Keys.DELETE);
        assertEquals(PROMPT + " cho hel", bench.lastLine());
        bench.tap(CTRL, Keys.A + 'e' - 'a').tap(CTRL, Keys.A + 'u' - 'a');
        assertEquals(PROMPT, bench.lastLine());
    }

    @Test
    public void theHistoryComesBackWithTheUnfinishedLine() {
        bench.type("echo one\necho two\nech").tap(Keys.UP).tap(Keys.UP).tap(Keys.UP);
        assertEquals(PROMPT + " echo one", bench.lastLine());
        bench.tap(Keys.DOWN).tap(Keys.DOWN);
        assertEquals(PROMPT + " ech", bench.lastLine());
    }

    @Test
    public void filesCanBeListedReadAndReached() {
        bench.type("ls /\ncat cat.txt /nowhere\ncd /etc\npwd\ncd ..\nls etc/motd\ncat ~/pangram.txt\n");
        has("etc/  home/  proc/");
        has("( o.o )");
        has("cat: /nowhere: no such file");
        has("user@pretend:/etc$ pwd\n/etc\n");
        has("\netc/motd\n");
        has("quick brown fox");
    }

    @Test
    public void tabCompletesCommandsAndFiles() {
        bench.type("una\t-a");
        assertEquals(PROMPT + " uname -a", bench.lastLine());
        bench.type("\ncat /etc/ho\t\n");
        has("\npretend\n");
    }

    @Test
    public void unknownCommandsAreNamed() {
        bench.type("frobnicate\n");
        has("frobnicate: command not found (try `help`)");
    }

    @Test
    public void everyCommandOfTheHelpWorks() {
        for (String command : List.of("help", "date", "uname", "uptime", "ls", "pwd", "cat", "history", "leds", "cd")) {
            bench.type("clear\n" + command + "\n");
            assertFalse(command, bench.text().contains("not found"));
        }
    }

    @Test
    public void keysShowsRawUsagesUntilControlC() {
        bench.type("keys\n").tap(SHIFT, Keys.A);
        has("down  usage 0x04  A          modifiers 0x02");
        has("up    usage 0x04  A          modifiers 0x00");
        bench.tap(CTRL, Keys.A + 2);
        assertEquals(PROMPT, bench.lastLine());
        bench.type("echo back\n");
        has("\nback\n");
    }

    @Test
    public void mouseShowsThePointer() {
        bench.type("mouse\n").point(100, 200, 5, 3, -1);
        has("x  100  y  200  buttons LM-  wheel   +3  pan   -1");
    }

    @Test
    public void ledsCanBeSet() {
        bench.type("leds caps on\n");
        has("Num on  Caps on  Scroll off");
        assertEquals(3, bench.machine.leds());
    }

    @Test
    public void scrolledAwayLinesCanBeSeenAgainAndTypingReturns() {
        for (int i = 0; i < 60; i++) {
            bench.type("echo line" + i + "\n");
        }
        assertFalse(bench.text().contains("line10\n"));
        for (int i = 0; i < 7; i++) {
            bench.tap(SHIFT, Keys.PAGE_UP);
        }
        has("line10\n");
        bench.type("x");
        has(PROMPT + " x");
    }

    @Test
    public void longLinesWrapAndScrollWithoutLosingTheirPrompt() {
        String much = "0123456789".repeat(18);
        for (int i = 0; i < 12; i++) {
            bench.type("echo " + i + "\n");
        }
        bench.type("echo " + much).tap(Keys.HOME).tap(Keys.DELETE).type("e").tap(Keys.END).type("!\n");
        assertTrue(bench.text(), bench.text().replace("\n", "").contains(PROMPT + " echo " + much + "!" + much + "!" + PROMPT));
    }

    @Test
    public void aHeldKeyRepeatsAfterHalfASecondThirtyTimesASecond() {
        bench.machine.acceptKeyboard(new KeyboardReport(0, List.of(Keys.A)).toBootReport());
        bench.pass(499);
        assertEquals(PROMPT + " a", bench.lastLine());
        for (int i = 0; i < 100; i++) {
            bench.pass(10);
        }
        assertEquals(1 + 30, bench.lastLine().length() - PROMPT.length() - 1, 1);
        bench.machine.acceptKeyboard(KeyboardReport.UP.toBootReport());
        String before = bench.lastLine();
        bench.pass(1000);
        assertEquals(before, bench.lastLine());
    }

    @Test
    public void repeatsThatWereSleptThroughAreNotMadeUpFor() {
        bench.machine.acceptKeyboard(new KeyboardReport(0, List.of(Keys.A)).toBootReport());
        bench.pass(3_600_000);
        assertEquals(PROMPT + " aa", bench.lastLine());
    }

    @Test
    public void theKeyPressedLastRepeats() {
        bench.machine.acceptKeyboard(new KeyboardReport(0, List.of(Keys.A)).toBootReport());
        bench.machine.acceptKeyboard(new KeyboardReport(0, List.of(Keys.A, Keys.A + 1)).toBootReport());
        bench.pass(510);
        assertEquals(PROMPT + " abb", bench.lastLine());
        bench.machine.acceptKeyboard(new KeyboardReport(0, List.of(Keys.A)).toBootReport());
        bench.pass(1000);
        assertEquals(PROMPT + " abb", bench.lastLine());
    }

    @Test
    public void capsLockIsToggledByTheHostAndDoesNotRepeat() {
        bench.machine.acceptKeyboard(new KeyboardReport(0, List.of(Keys.CAPS_LOCK)).toBootReport());
        bench.pass(2000);
        bench.machine.acceptKeyboard(KeyboardReport.UP.toBootReport());
        assertEquals(3, bench.machine.leds());
        bench.tap(Keys.A).tap(SHIFT, Keys.A);
        assertEquals(PROMPT + " Aa", bench.lastLine());
    }

    @Test
    public void consoleAndDesktopKeepTheirState() {
        bench.type("desktop\n");
        assertEquals(SceneCode.DESKTOP, bench.machine.sceneCode());
        bench.type("note").tap(5, Keys.F1);
        assertEquals(SceneCode.CONSOLE, bench.machine.sceneCode());
        assertEquals(PROMPT, bench.lastLine());
        bench.tap(5, Keys.F7);
        assertEquals("note", bench.text());
        assertEquals("note", bench.tag().typed());
    }
}
