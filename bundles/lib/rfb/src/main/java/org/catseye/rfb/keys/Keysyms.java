package org.catseye.rfb.keys;

import java.util.Map;
import java.util.OptionalInt;

/**
 * Key symbols of the X Window System (X11R7, appendix A of the protocol) for servers that do not understand scan codes. The layout is that
 * of a US keyboard.
 */
public final class Keysyms {

    /** Bits of a keyboard's lights, in the order of RFB. */
    public static final int NUM_LOCK = 2;
    public static final int CAPS_LOCK = 4;

    private static final int FIRST = 0x04;
    private static final int LETTERS = 26;
    private static final int FIRST_MODIFIER = 0xe0;
    private static final int KEYPAD_FIRST = 0x54;
    private static final int KEYPAD_ONE = 0x59;
    private static final int KEYPAD_POINT = 0x63;
    private static final int NON_US_BACKSLASH = 0x64;
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz1234567890\n\033\b\t -=[]\\\\;'`,./";
    private static final String SHIFTED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\n\033\b\t _+{}||:\"~<>?";
    private static final int FUNCTION = 0xff00;

    /** From usage 0x39 (Caps Lock) to 0x53 (Num Lock). */
    private static final int[] NAMED = {0xffe5, 0xffbe, 0xffbf, 0xffc0, 0xffc1, 0xffc2, 0xffc3, 0xffc4, 0xffc5, 0xffc6, 0xffc7, 0xffc8, 0xffc9,
        0xff61, 0xff14, 0xff13, 0xff63, 0xff50, 0xff55, 0xffff, 0xff57, 0xff56, 0xff53, 0xff51, 0xff54, 0xff52, 0xff7f};
    private static final int FIRST_NAMED = 0x39;
    /** The keypad's operators, from usage 0x54. */
    private static final int[] OPERATORS = {0xffaf, 0xffaa, 0xffad, 0xffab, 0xff8d};
    /** The keypad with Num Lock, from usage 0x59: digits and the point; without it: the keys that move the cursor. */
    private static final int[] DIGITS = {0xffb1, 0xffb2, 0xffb3, 0xffb4, 0xffb5, 0xffb6, 0xffb7, 0xffb8, 0xffb9, 0xffb0, 0xffae};
    private static final int[] MOVES = {0xff9c, 0xff99, 0xff9b, 0xff96, 0xff9d, 0xff98, 0xff95, 0xff97, 0xff9a, 0xff9e, 0xff9f};
    private static final int[] MODIFIERS = {0xffe3, 0xffe1, 0xffe9, 0xffeb, 0xffe4, 0xffe2, 0xffea, 0xffec};
    private static final int F13_USAGE = 0x68;
    private static final int F24_USAGE = 0x73;
    private static final int F13 = 0xffca;

    private static final int VENDOR = 0x1008ff00;
    private static final Map<Integer, Integer> FURTHER_KEYS = Map.of(0x65, 0xff67, 0x66, VENDOR | 0x2a, 0x67, 0xffbd, 0x75, 0xff6a, 0x7f, VENDOR | 0x12,
        0x80, VENDOR | 0x13, 0x81, VENDOR | 0x11);
    private static final Map<Integer, Integer> CONSUMER = Map.of(0xb5, VENDOR | 0x17, 0xb6, VENDOR | 0x16, 0xb7, VENDOR | 0x15, 0xcd, VENDOR | 0x14,
        0xe2, VENDOR | 0x12, 0xe9, VENDOR | 0x13, 0xea, VENDOR | 0x11, 0x18a, VENDOR | 0x19, 0x192, VENDOR | 0x1d, 0x223, VENDOR | 0x18);
    private static final Map<Integer, Integer> SYSTEM = Map.of(0x81, VENDOR | 0x2a, 0x82, VENDOR | 0x2f, 0x83, VENDOR | 0x2b);

    private Keysyms() {
    }

    /**
     * The symbol of a usage of the Keyboard page, modifiers included.
     *
     * @param shift whether a Shift key is pressed
     * @param leds the keyboard's lights; -1 if unknown, then Num Lock counts as lit and Caps Lock does not
     */
    public static OptionalInt findKeysym(int usage, boolean shift, int leds) {
        int known = leds < 0 ? NUM_LOCK : leds;
        int character = findCharacter(usage, shift, (known & CAPS_LOCK) != 0);
        if (character != 0) {
            return OptionalInt.of(character < ' ' ? FUNCTION | character & 0xff : character);
        }
        if (usage >= FIRST_NAMED && usage < FIRST_NAMED + NAMED.length) {
            return OptionalInt.of(NAMED[usage - FIRST_NAMED]);
        }
        if (usage >= KEYPAD_FIRST && usage < KEYPAD_ONE) {
            return OptionalInt.of(OPERATORS[usage - KEYPAD_FIRST]);
        }
        if (usage >= KEYPAD_ONE && usage <= KEYPAD_POINT) {
            return OptionalInt.of(((known & NUM_LOCK) != 0) != shift ? DIGITS[usage - KEYPAD_ONE] : MOVES[usage - KEYPAD_ONE]);
        }
        if (usage >= F13_USAGE && usage <= F24_USAGE) {
            return OptionalInt.of(F13 + usage - F13_USAGE);
        }
        int modifier = usage - FIRST_MODIFIER;
        return modifier >= 0 && modifier < MODIFIERS.length ? OptionalInt.of(MODIFIERS[modifier]) : find(FURTHER_KEYS, usage);
    }

    private static int findCharacter(int usage, boolean shift, boolean caps) {
        int key = usage == NON_US_BACKSLASH ? PLAIN.indexOf('\\') : usage - FIRST;
        if (key < 0 || key >= PLAIN.length()) {
            return 0;
        }
        char character = (key < LETTERS ? shift != caps : shift) ? SHIFTED.charAt(key) : PLAIN.charAt(key);
        return character == '\n' ? '\r' : character;
    }

    /** The symbol of a usage of the Consumer page. */
    public static OptionalInt findConsumerKeysym(int usage) {
        return find(CONSUMER, usage);
    }

    /** The symbol of a system control. */
    public static OptionalInt findSystemKeysym(int usage) {
        return find(SYSTEM, usage);
    }

    private static OptionalInt find(Map<Integer, Integer> keysyms, int usage) {
        Integer keysym = keysyms.get(usage);
        return keysym == null ? OptionalInt.empty() : OptionalInt.of(keysym);
    }
}
