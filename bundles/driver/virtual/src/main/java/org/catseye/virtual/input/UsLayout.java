package org.catseye.virtual.input;

/** The US layout: from usages of the Keyboard page to characters (HID Usage Tables, chapter 10, its footnotes for NumLock). */
public final class UsLayout {

    private static final int FIRST = 0x04;
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz1234567890\n\033\b\t -=[]\\\\;'`,./";
    private static final String SHIFT = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\n\033\b\t _+{}||:\"~<>?";
    private static final int KEYPAD_FIRST = 0x54;
    private static final String KEYPAD = "/*-+\n1234567890.";
    private static final int[] NAVIGATION = {
        Keys.END, Keys.DOWN, Keys.PAGE_DOWN, Keys.LEFT, 0, Keys.RIGHT, Keys.HOME, Keys.UP, Keys.PAGE_UP, 0x49, Keys.DELETE};
    private static final int KEYPAD_ONE = 0x59;
    private static final int NON_US_BACKSLASH = 0x64;
    private static final String[] MODIFIERS = {"LCtrl", "LShift", "LAlt", "LGui", "RCtrl", "RShift", "RAlt", "RGui"};
    private static final String[] NAMES_FROM_ENTER = {"Enter", "Esc", "Backspace", "Tab", "Space"};
    private static final String[] NAMES_FROM_PRINT = {"PrtSc", "ScrLk", "Pause", "Insert", "Home", "PgUp", "Delete", "End", "PgDn",
        "Right", "Left", "Down", "Up", "NumLk"};

    private UsLayout() {
    }

    /** Translates a pressed key under these modifiers and locks. */
    public static KeyPress translateKey(int usage, int modifiers, Locks locks, boolean repeat) {
        boolean shift = (modifiers & 0x22) != 0;
        if (usage >= KEYPAD_ONE && usage < KEYPAD_ONE + NAVIGATION.length && locks.isOn(Locks.NUM) == shift) {
            return new KeyPress(NAVIGATION[usage - KEYPAD_ONE], (char) 0, modifiers, repeat);
        }
        return new KeyPress(usage, characterFor(usage, shift, locks.isOn(Locks.CAPS)), modifiers, repeat);
    }

    private static char characterFor(int usage, boolean shift, boolean caps) {
        int main = usage - FIRST;
        if (main >= 0 && main < PLAIN.length()) {
            boolean upper = main < 26 ? shift ^ caps : shift;
            return (upper ? SHIFT : PLAIN).charAt(main);
        }
        int pad = usage - KEYPAD_FIRST;
        if (pad >= 0 && pad < KEYPAD.length()) {
            return KEYPAD.charAt(pad);
        }
        return usage == NON_US_BACKSLASH ? shift ? '|' : '\\' : 0;
    }

    /** A key's name as printed on it, at most nine letters; the number in hex for rare keys. */
    public static String keyName(int usage) {
        if (usage >= Keys.LEFT_CTRL && usage < Keys.LEFT_CTRL + MODIFIERS.length) {
            return MODIFIERS[usage - Keys.LEFT_CTRL];
        }
        if (usage >= Keys.ENTER && usage < Keys.ENTER + NAMES_FROM_ENTER.length) {
            return NAMES_FROM_ENTER[usage - Keys.ENTER];
        }
        if (usage >= FIRST && usage < FIRST + PLAIN.length() && usage != Keys.CAPS_LOCK) {
            return String.valueOf(Character.toUpperCase(PLAIN.charAt(usage - FIRST)));
        }
        return usage == Keys.CAPS_LOCK ? "CapsLk" : specialKeyName(usage);
    }

    private static String specialKeyName(int usage) {
        if (usage >= Keys.F1 && usage <= Keys.F12) {
            return "F" + (usage - Keys.F1 + 1);
        }
        if (usage >= 0x46 && usage < 0x46 + NAMES_FROM_PRINT.length) {
            return NAMES_FROM_PRINT[usage - 0x46];
        }
        int pad = usage - KEYPAD_FIRST;
        if (pad >= 0 && pad < KEYPAD.length()) {
            return usage == Keys.KEYPAD_ENTER ? "KP Enter" : "KP " + KEYPAD.charAt(pad);
        }
        return usage == 0x65 ? "Menu" : String.format("0x%02X", usage);
    }
}
