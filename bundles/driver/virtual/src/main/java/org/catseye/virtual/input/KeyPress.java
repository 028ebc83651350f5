package org.catseye.virtual.input;

/**
 * A key press or a repeat of a held key, as a program receives it.
 *
 * @param usage usage of the Keyboard page; without NumLock a keypad key has the usage of its navigation key
 * @param character what the key types on the US layout, 0 for nothing
 * @param modifiers bit n for usage 0xE0+n
 * @param repeat whether it is the host's own repeat of a held key
 */
public record KeyPress(int usage, char character, int modifiers, boolean repeat) {

    public boolean hasControl() {
        return (modifiers & 0x11) != 0;
    }

    public boolean hasShift() {
        return (modifiers & 0x22) != 0;
    }

    public boolean hasAlt() {
        return (modifiers & 0x44) != 0;
    }

    /** Whether this types a printable character; false while control or alt is held. */
    public boolean isPrintable() {
        return character >= ' ' && !hasControl() && !hasAlt();
    }

    /** Whether this is control with the letter {@code letter} ('a' to 'z') and no alt. */
    public boolean isControlLetter(char letter) {
        return hasControl() && !hasAlt() && usage == Keys.A + (letter - 'a');
    }
}
