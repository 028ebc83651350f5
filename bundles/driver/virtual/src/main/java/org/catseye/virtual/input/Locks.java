package org.catseye.virtual.input;

/** NumLock, CapsLock and ScrollLock: kept by the host, shown by the keyboard. Not thread-safe. */
public final class Locks {

    /** Bits of the output report (HID 1.11 appendix B.1). */
    public static final int NUM = 1;
    public static final int CAPS = 2;
    public static final int SCROLL = 4;

    private int bits;

    /** Toggles the lock of the key {@code usage}. @return whether it is a lock key */
    public boolean toggleLock(int usage) {
        int bit = ledBitOf(usage);
        bits ^= bit;
        return bit != 0;
    }

    /** The output report's byte for a lock key's usage, 0 for other keys. */
    public static int ledBitOf(int usage) {
        return switch (usage) {
            case Keys.NUM_LOCK -> NUM;
            case Keys.CAPS_LOCK -> CAPS;
            case Keys.SCROLL_LOCK -> SCROLL;
            default -> 0;
        };
    }

    public void setLocks(int mask, boolean on) {
        bits = on ? bits | mask : bits & ~mask;
    }

    public boolean isOn(int mask) {
        return (bits & mask) != 0;
    }

    /** The byte of the keyboard's output report. */
    public int ledBits() {
        return bits;
    }
}
