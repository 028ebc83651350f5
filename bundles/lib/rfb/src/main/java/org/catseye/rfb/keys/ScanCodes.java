package org.catseye.rfb.keys;

import java.util.Map;
import java.util.OptionalInt;

/**
 * The key codes of QEMU's extended key event: set 1 of a PC keyboard, with bit 7 for the codes that follow 0xE0. Written after the
 * translation table in the appendix of the HID Usage Tables, and confirmed by a guest that prints what its keyboard controller sends.
 */
public final class ScanCodes {

    /** Bit for the codes that follow 0xE0. */
    static final int E0 = 0x80;
    private static final int FIRST = 0x04;
    private static final int FIRST_MODIFIER = 0xe0;

    /** From usage 0x04 (A) to 0x73 (F24); 0 for none. */
    private static final int[] KEYS = {
        0x1e, 0x30, 0x2e, 0x20, 0x12, 0x21, 0x22, 0x23, 0x17, 0x24, 0x25, 0x26, 0x32, 0x31, 0x18, 0x19, 0x10, 0x13, 0x1f, 0x14, 0x16, 0x2f, 0x11,
        0x2d, 0x15, 0x2c,
        0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
        0x1c, 0x01, 0x0e, 0x0f, 0x39, 0x0c, 0x0d, 0x1a, 0x1b, 0x2b, 0x2b, 0x27, 0x28, 0x29, 0x33, 0x34, 0x35, 0x3a,
        0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x57, 0x58,
        E0 | 0x37, 0x46, E0 | 0x46, E0 | 0x52, E0 | 0x47, E0 | 0x49, E0 | 0x53, E0 | 0x4f, E0 | 0x51, E0 | 0x4d, E0 | 0x4b, E0 | 0x50, E0 | 0x48,
        0x45, E0 | 0x35, 0x37, 0x4a, 0x4e, E0 | 0x1c, 0x4f, 0x50, 0x51, 0x4b, 0x4c, 0x4d, 0x47, 0x48, 0x49, 0x52, 0x53,
        0x56, E0 | 0x5d, E0 | 0x5e, 0x59,
        0x5d, 0x5e, 0x5f, 0x55, 0x03 | E0, 0x77 | E0, 0x04 | E0, 0x5a, 0x74, 0x79 | E0, 0x6d, 0x6f};

    /** Ctrl, Shift, Alt and GUI, left and right. */
    private static final int[] MODIFIERS = {0x1d, 0x2a, 0x38, E0 | 0x5b, E0 | 0x1d, 0x36, E0 | 0x38, E0 | 0x5c};

    /** Help, Stop, Again, Undo, Cut, Copy, Find, Mute, Volume up and down, and the keys of Japanese, Brazilian and Korean keyboards. */
    private static final Map<Integer, Integer> FURTHER_KEYS = Map.ofEntries(Map.entry(0x75, E0 | 0x75), Map.entry(0x78, E0 | 0x68),
        Map.entry(0x79, E0 | 0x05), Map.entry(0x7a, E0 | 0x07), Map.entry(0x7b, E0 | 0x3c), Map.entry(0x7c, E0 | 0x78), Map.entry(0x7e, E0 | 0x41),
        Map.entry(0x7f, E0 | 0x20), Map.entry(0x80, E0 | 0x30), Map.entry(0x81, E0 | 0x2e), Map.entry(0x85, 0x7e), Map.entry(0x87, 0x73),
        Map.entry(0x88, 0x70), Map.entry(0x89, 0x7d), Map.entry(0x8a, 0x79), Map.entry(0x8b, 0x7b), Map.entry(0x90, 0x72), Map.entry(0x91, 0x71),
        Map.entry(0x92, 0x78), Map.entry(0x93, 0x77), Map.entry(0x94, 0x76));

    /** Usages of the Consumer page: the media keys and the keys that start programs. */
    private static final Map<Integer, Integer> CONSUMER = Map.ofEntries(Map.entry(0xb5, E0 | 0x19), Map.entry(0xb6, E0 | 0x10), Map.entry(0xb7, E0 | 0x24),
        Map.entry(0xcd, E0 | 0x22), Map.entry(0xe2, E0 | 0x20), Map.entry(0xe9, E0 | 0x30), Map.entry(0xea, E0 | 0x2e), Map.entry(0x183, E0 | 0x6d),
        Map.entry(0x18a, E0 | 0x6c), Map.entry(0x192, E0 | 0x21), Map.entry(0x194, E0 | 0x6b), Map.entry(0x221, E0 | 0x65), Map.entry(0x223, E0 | 0x32),
        Map.entry(0x224, E0 | 0x6a), Map.entry(0x225, E0 | 0x69), Map.entry(0x226, E0 | 0x68), Map.entry(0x227, E0 | 0x67), Map.entry(0x22a, E0 | 0x66));

    /** Power, sleep and wake. */
    private static final Map<Integer, Integer> SYSTEM = Map.of(0x81, E0 | 0x5e, 0x82, E0 | 0x5f, 0x83, E0 | 0x63);

    private ScanCodes() {
    }

    /** The code of a usage of the Keyboard page, modifiers included. */
    public static OptionalInt findKeyCode(int usage) {
        int modifier = usage - FIRST_MODIFIER;
        if (modifier >= 0 && modifier < MODIFIERS.length) {
            return OptionalInt.of(MODIFIERS[modifier]);
        }
        int key = usage - FIRST;
        return key >= 0 && key < KEYS.length ? OptionalInt.of(KEYS[key]) : find(FURTHER_KEYS, usage);
    }

    /** The code of a usage of the Consumer page. */
    public static OptionalInt findConsumerCode(int usage) {
        return find(CONSUMER, usage);
    }

    /** The code of a system control. */
    public static OptionalInt findSystemCode(int usage) {
        return find(SYSTEM, usage);
    }

    private static OptionalInt find(Map<Integer, Integer> codes, int usage) {
        Integer code = codes.get(usage);
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }
}
