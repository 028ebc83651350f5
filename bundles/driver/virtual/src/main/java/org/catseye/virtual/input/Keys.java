package org.catseye.virtual.input;

/** Named usages of the Keyboard page (HID Usage Tables, chapter 10). */
public final class Keys {

    /** Power key of the Keyboard page, which a Mac keyboard has; the System Control page has another one. */
    public static final int POWER = 0x66;
    public static final int A = 0x04;
    public static final int ENTER = 0x28;
    public static final int ESCAPE = 0x29;
    public static final int BACKSPACE = 0x2a;
    public static final int TAB = 0x2b;
    public static final int CAPS_LOCK = 0x39;
    public static final int F1 = 0x3a;
    public static final int F2 = 0x3b;
    public static final int F7 = 0x40;
    public static final int F9 = 0x42;
    public static final int F10 = 0x43;
    public static final int F12 = 0x45;
    public static final int SCROLL_LOCK = 0x47;
    public static final int HOME = 0x4a;
    public static final int PAGE_UP = 0x4b;
    public static final int DELETE = 0x4c;
    public static final int END = 0x4d;
    public static final int PAGE_DOWN = 0x4e;
    public static final int RIGHT = 0x4f;
    public static final int LEFT = 0x50;
    public static final int DOWN = 0x51;
    public static final int UP = 0x52;
    public static final int NUM_LOCK = 0x53;
    public static final int KEYPAD_ENTER = 0x58;
    public static final int LEFT_CTRL = 0xe0;

    private Keys() {
    }
}
