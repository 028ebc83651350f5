package org.catseye.virtual.input;

/**
 * A key went down, or repeats because it is held, as an operating system's programs see it.
 *
 * @param usage usage of the Keyboard page; a keypad key without NumLock comes as the navigation key it then is
 * @param character what the key types on the US layout, 0 for nothing
 * @param modifiers bit n for usage 0xE0+n
 * @param repeat whether it is the host's own repeat of a held key
 */
public record KeyPress(int usage, char character, int modifiers, boolean repeat) {

    public boolean ctrl() {
        return (modifiers & 0x11) != 0;
    }

    public boolean shift() {
        return (modifiers & 0x22) != 0;
    }

    public boolean alt() {
        return (modifiers & 0x44) != 0;
    }

    /** Whether this types a character: printable, and neither control nor alt is held. */
    public boolean types() {
        return character >= ' ' && !ctrl() && !alt();
    }

    /** Whether this is control with the letter {@code letter} ('a' to 'z') and no alt. */
    public boolean control(char letter) {
        return ctrl() && !alt() && usage == Keys.A + (letter - 'a');
    }
}
