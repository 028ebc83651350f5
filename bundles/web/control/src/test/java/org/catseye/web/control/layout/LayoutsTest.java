package org.catseye.web.control.layout;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;

public class LayoutsTest {

    private static final List<String> NATIONAL = List.of("hu", "tr", "ru", "hr", "ua", "us-dvorak", "us-colemak", "fr-bepo", "de", "de-nodeadkeys", "ch", "ch-fr", "at", "gb",
            "us", "us-intl", "ca", "be", "it", "es", "latam", "pt", "br", "se", "no", "dk", "fi", "is", "pl", "cz", "sk", "si", "ro", "rs", "bg", "gr", "il", "ara", "jp", "kr",
            "ee", "lv", "lt", "nl", "ie", "vn", "th", "in", "ir", "kz", "ge", "am", "mk", "by", "mt", "mn", "cz-windows", "es-windows", "fr-windows", "it-windows", "pl-windows");

    @Test
    public void theListHasTheLayoutsOfAllCountriesWithNamesAndLanguages() {
        Map<String, LayoutName> names = Layouts.listNames().stream().collect(Collectors.toMap(LayoutName::id, name -> name));
        assertEquals(List.of(), NATIONAL.stream().filter(id -> !names.containsKey(id)).toList());
        assertTrue(names.size() + " layouts", names.size() > 500);
        for (LayoutName name : names.values()) {
            assertTrue(name.id(), name.id().matches("[a-z0-9][A-Za-z0-9_-]*"));
            assertFalse(name.id(), name.english().isBlank() || name.german().isBlank());
        }
        assertEquals("Hungarian", names.get("hu").english());
        assertEquals("Ungarisch", names.get("hu").german());
        assertEquals(List.of("deu"), names.get("de").languages());
        assertTrue(names.get("fr-windows").windows());
    }

    @Test
    public void charactersHaveTheirKeys() {
        assertStrokes("us", "z1!\t|\n", "KeyZ", "Digit1", "ShiftLeft+Digit1", "Tab", "ShiftLeft+Backslash", "Enter");
        assertStrokes("de", "z@ß^", "KeyY", "AltRight+KeyQ", "Minus", "Backquote Space");
        assertStrokes("de-nodeadkeys", "^", "Backquote");
        assertStrokes("hu", "0őŐ\\", "Backquote", "BracketLeft", "ShiftLeft+BracketLeft", "AltRight+KeyQ");
        assertStrokes("ru", "йЙ.", "KeyQ", "ShiftLeft+KeyQ", "Slash");
        assertStrokes("us-dvorak", "x'", "KeyB", "KeyQ");
        assertStrokes("it", "{", "ShiftLeft+AltRight+BracketLeft");
        assertStrokes("de-neo", "{", "CapsLock+KeyD");
    }

    @Test
    public void deadKeysComposeLetters() {
        assertStrokes("fr", "êÊëé", "BracketLeft KeyE", "BracketLeft ShiftLeft+KeyE", "ShiftLeft+BracketLeft KeyE", "Digit2");
        assertStrokes("fr", "^~/", "AltRight+Digit9", "AltRight+Digit2", "ShiftLeft+Period");
        assertStrokes("ch", "Ü", "BracketRight ShiftLeft+KeyU");
        assertStrokes("us-intl", "'\"", "Quote Space", "ShiftLeft+Quote Space");
        assertStrokes("gr", "ά", "Semicolon KeyA");
    }

    @Test
    public void keysThatNotEveryKeyboardHasComeLast() {
        assertStrokes("us", "<>", "ShiftLeft+Comma", "ShiftLeft+Period");
        assertStrokes("gb", "\\|", "IntlBackslash", "ShiftLeft+IntlBackslash");
        assertStrokes("jp", "\\_|", "IntlRo", "ShiftLeft+IntlRo", "ShiftLeft+IntlYen");
        assertStrokes("br", "/?", "IntlRo", "ShiftLeft+IntlRo");
    }

    @Test
    public void layoutsOfWindowsHaveItsDeadKeysAndNoneOfLinux() {
        assertStrokes("fr-windows", "~/", "AltRight+Digit2 Space", "ShiftLeft+Period");
        assertStrokes("pl-windows", "~ą", "ShiftLeft+Backquote Space", "AltRight+KeyA");
        assertTrue(Layouts.findLayout("it-windows").orElseThrow().findStrokes('~').isEmpty());
        assertTrue("Linux only", Layouts.findLayout("cz-windows").orElseThrow().findStrokes('ĺ').isEmpty());
        assertEquals("", Layouts.findLayout("es-windows").orElseThrow().onlyOnWindows());
    }

    @Test
    public void charactersThatDependOnTheSystemAreNamed() {
        KeyboardLayout german = Layouts.findLayout("de").orElseThrow();
        assertEquals("´¨", german.onlyOnWindows());
        assertTrue(german.onlyOnLinux().contains("ć"));
        assertFalse(german.onlyOnLinux().contains("é"));
    }

    @Test
    public void aLayoutWithoutLatinLettersHasNone() {
        KeyboardLayout russian = Layouts.findLayout("ru").orElseThrow();
        assertTrue(russian.findStrokes('a').isEmpty());
        assertTrue(russian.findStrokes('1').isPresent());
    }

    @Test
    public void noTwoCharactersOfALayoutHaveTheSameStrokes() {
        for (String id : NATIONAL) {
            Set<String> ways = new HashSet<>();
            Layouts.findLayout(id).orElseThrow().strokes().forEach((character, strokes) -> assertTrue(id + " " + Character.toString(character), ways.add(describe(strokes))));
        }
    }

    @Test
    public void anUnknownLayoutIsNotThere() {
        for (String id : List.of("", "xx", "de\t", "layout", "de ", "DE", "nec_vndr/jp")) {
            assertTrue(id, Layouts.findLayout(id).isEmpty());
        }
    }

    private static void assertStrokes(String id, String text, String... expected) {
        KeyboardLayout layout = Layouts.findLayout(id).orElseThrow();
        List<String> typed = new ArrayList<>();
        text.codePoints().forEach(character -> typed.add(describe(layout.findStrokes(character).orElseThrow(() -> new AssertionError(id + " " + Character.toString(character))))));
        assertEquals(List.of(expected), typed);
    }

    private static String describe(List<KeyStroke> strokes) {
        return strokes.stream().map(KeyStroke::toText).collect(Collectors.joining(" "));
    }
}
