package org.catseye.web.control.layout;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a layout types.
 *
 * @param strokes the strokes of each character that it can type, by code point
 * @param onlyOnWindows characters that appear as others on Linux; a text
 * @param onlyOnLinux characters whose dead keys do not compose them on Windows; a text
 */
public record KeyboardLayout(LayoutName name, Map<Integer, List<KeyStroke>> strokes, String onlyOnWindows, String onlyOnLinux) {

    public KeyboardLayout {
        strokes = Map.copyOf(strokes);
    }

    /** Empty if the layout cannot type the character. */
    public Optional<List<KeyStroke>> findStrokes(int character) {
        return Optional.ofNullable(strokes.get(character));
    }
}
