package org.catseye.web.control.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * One key, pressed and released while modifiers are held.
 *
 * @param code the KeyboardEvent.code
 * @param modifiers codes of the keys that are held, in the order of their press
 */
public record KeyStroke(String code, List<String> modifiers) {

    static final String SHIFT = "ShiftLeft";

    public KeyStroke {
        modifiers = List.copyOf(modifiers);
    }

    static KeyStroke ofKey(String code) {
        return new KeyStroke(code, List.of());
    }

    /** In short, for the page: {@code ShiftLeft+AltRight+KeyQ}. */
    public String toText() {
        List<String> codes = new ArrayList<>(modifiers);
        codes.add(code);
        return String.join("+", codes);
    }

    /** Without the key, so that no log shows what a user types. */
    @Override
    public String toString() {
        return "KeyStroke";
    }
}
