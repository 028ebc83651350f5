package org.catseye.web.control.typing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.catseye.web.control.layout.KeyStroke;
import org.catseye.web.control.layout.KeyboardLayout;

/** A text and the layout that types it. The text never reaches a log. */
final class TypeableText {

    private static final int MAX_NAMED = 8;

    private final int[] characters;
    private final KeyboardLayout layout;

    /** @param text accents that are characters of their own are joined with their letters; any line end is Enter */
    TypeableText(String text, KeyboardLayout layout) {
        characters = Normalizer.normalize(text, Normalizer.Form.NFC).replace("\r\n", "\n").replace('\r', '\n').codePoints().toArray();
        this.layout = layout;
    }

    int countCharacters() {
        return characters.length;
    }

    /** @throws java.util.NoSuchElementException if the layout cannot type it */
    List<KeyStroke> strokesAt(int index) {
        return layout.findStrokes(characters[index]).orElseThrow();
    }

    /** The characters that the layout cannot type, by number, and where each is first; empty if there are none. */
    String describeUntypable() {
        List<Integer> unknown = Arrays.stream(characters).distinct().filter(each -> layout.findStrokes(each).isEmpty()).boxed().toList();
        return unknown.stream().limit(MAX_NAMED).map(each -> String.format("U+%04X (character %d)", each, indexOf(each) + 1)).collect(Collectors.joining(", "))
            + (unknown.size() > MAX_NAMED ? " and " + (unknown.size() - MAX_NAMED) + " more" : "");
    }

    private int indexOf(int character) {
        int index = 0;
        while (characters[index] != character) {
            index++;
        }
        return index;
    }

    @Override
    public String toString() {
        return "TypeableText[" + characters.length + " characters]";
    }
}
