package org.catseye.virtual.input;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class UsLayoutTest {

    private static final int SHIFT = 2;

    private final Locks locks = new Locks();

    private char typed(int usage, int modifiers) {
        return UsLayout.translateKey(usage, modifiers, locks, false).character();
    }

    private String row(int from, int to, int modifiers) {
        StringBuilder text = new StringBuilder();
        for (int usage = from; usage <= to; usage++) {
            text.append(typed(usage, modifiers));
        }
        return text.toString();
    }

    @Test
    public void everyKeyTypesWhatIsPrintedOnIt() {
        assertEquals("abcdefghijklmnopqrstuvwxyz1234567890", row(0x04, 0x27, 0));
        assertEquals("ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()", row(0x04, 0x27, SHIFT));
        assertEquals(" -=[]\\\\;'`,./", row(0x2c, 0x38, 0));
        assertEquals(" _+{}||:\"~<>?", row(0x2c, 0x38, 0x20));
        assertEquals('|', typed(0x64, SHIFT));
        assertEquals(0, typed(0x3a, 0));
    }

    @Test
    public void capsLockShiftsLettersOnlyAndShiftTurnsItRound() {
        locks.toggleLock(Keys.CAPS_LOCK);
        assertEquals("ABC1;", "" + typed(4, 0) + typed(5, 0) + typed(6, 0) + typed(0x1e, 0) + typed(0x33, 0));
        assertEquals("a", "" + typed(4, SHIFT));
    }

    @Test
    public void numLockMakesTheKeypadTypeAndShiftTurnsItRound() {
        assertEquals(Keys.HOME, UsLayout.translateKey(0x5f, 0, locks, false).usage());
        assertEquals(Keys.DELETE, UsLayout.translateKey(0x63, 0, locks, false).usage());
        locks.toggleLock(Keys.NUM_LOCK);
        assertEquals("1234567890.", row(0x59, 0x63, 0));
        assertEquals(Keys.UP, UsLayout.translateKey(0x60, SHIFT, locks, false).usage());
        assertEquals("/*-+\n", row(0x54, 0x58, 0));
    }

    @Test
    public void namesAreThoseOnTheKeys() {
        int[] usages = {0x04, 0x27, 0x28, 0x2c, 0x2f, 0x39, 0x3a, 0x45, 0x4a, 0x52, 0x53, 0x58, 0x59, 0x65, 0xe0, 0xe7, 0xa5};
        String[] names = {"A", "0", "Enter", "Space", "[", "CapsLk", "F1", "F12", "Home", "Up", "NumLk", "KP Enter", "KP 1", "Menu",
            "LCtrl", "RGui", "0xA5"};
        for (int i = 0; i < usages.length; i++) {
            assertEquals(names[i], UsLayout.keyName(usages[i]));
        }
    }
}
