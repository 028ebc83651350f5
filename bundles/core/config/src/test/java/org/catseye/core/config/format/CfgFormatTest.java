package org.catseye.core.config.format;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class CfgFormatTest {
    private final CfgFormat format = new CfgFormat();

    @Test(timeout = 10_000)
    public void aVeryLongLineIsParsedInLinearTime() throws Exception {
        String blanks = " ".repeat(1_000_000);
        assertEquals("a" + blanks + "b", format.parseText("k = a" + blanks + "b" + blanks).get("k"));
        assertThrows(BrokenFileException.class, () -> format.parseText("k" + blanks + "b"));
        assertEquals("k = 2\n", format.rewriteText("k = a" + blanks + "b\n", Map.of("k", "2")));
    }

    @Test
    public void readsPlainValuesToTheEndOfTheLine() throws Exception {
        Map<String, Object> values = format.parseText("# a comment\n\nfps = 30\nname=Bay 1 # left\n  url =  http://a/?b=c  \nempty =\n");
        assertEquals("30", values.get("fps"));
        assertEquals("Bay 1 # left", values.get("name"));
        assertEquals("http://a/?b=c", values.get("url"));
        assertEquals("", values.get("empty"));
        assertEquals(4, values.size());
    }

    @Test
    public void linesMayEndWithACarriageReturnOnly() throws Exception {
        assertEquals(Map.of("fps", "7", "size", "big"), format.parseText("# a comment\rfps = 7\r\rsize = big\r"));
        assertEquals("in part", Map.of("fps", "7", "size", "big"), format.parseText("# a comment\rfps = 7\n# another\r\nsize = big"));
        assertEquals("# a comment\rfps = 8\r", format.rewriteText("# a comment\rfps = 7\r", Map.of("fps", "8")));
    }

    @Test
    public void readsListsAndQuotedText() throws Exception {
        Map<String, Object> values = format.parseText("a = [\"x, y\", 2, true]\nb = []\nc = \" \\\"q\\\" \\u0041\\n\"\n");
        assertArrayEquals(new String[] {"x, y", "2", "true"}, (String[]) values.get("a"));
        assertArrayEquals(new String[0], (String[]) values.get("b"));
        assertEquals(" \"q\" A\n", values.get("c"));
    }

    @Test
    public void writtenValuesAreReadUnchanged() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> hard = List.of("plain", " blank ends ", "[not a list]", "\"quoted\"", "two\nlines", "", "# no comment", "a = b", "back\\slash", "\u0001ü€");
        for (int i = 0; i < hard.size(); i++) {
            values.put("key" + i, hard.get(i));
        }
        values.put("list", hard.toArray(String[]::new));
        Map<String, Object> read = format.parseText(format.rewriteText("", values));
        for (int i = 0; i < hard.size(); i++) {
            assertEquals(hard.get(i), read.get("key" + i));
        }
        assertArrayEquals(hard.toArray(), (String[]) read.get("list"));
    }

    @Test
    public void rewriteTouchesOnlyTheValuesThatChanged() {
        String text = "# Frames per second.\nfps   =   30\n\n# Colour of the bar\ncolour = red\n# end\n";
        assertEquals("# Frames per second.\nfps   =   30\n\n# Colour of the bar\ncolour = blue\n# end\n",
                format.rewriteText(text, Map.of("fps", 30, "colour", "blue")));
    }

    @Test
    public void newValueGoesBelowItsExampleElseToTheEnd() {
        assertEquals("# speed\n#fps = 25\nfps = 30\n# end\nother = x\n",
                format.rewriteText("# speed\n#fps = 25\n# end\n", new LinkedHashMap<>(Map.of("fps", 30)) {{ put("other", "x"); }}));
    }

    @Test
    public void removedValueLosesItsLineAndNothingElse() {
        assertEquals("# a\n# b\nb = 2\n", format.rewriteText("# a\na = 1\n# b\nb = 2\n", Map.of("b", "2")));
    }

    @Test
    public void windowsLineEndsAndByteOrderMarkStay() throws Exception {
        String text = "\uFEFF# note\r\na = 1\r\n";
        assertEquals(Map.of("a", "1"), format.parseText(text));
        assertEquals("\uFEFF# note\r\na = 2\r\n", format.rewriteText(text, Map.of("a", 2)));
    }

    @Test
    public void keysAreComparedWithoutRegardToCaseAndKeepTheirSpelling() {
        assertEquals("FPS = 31\n", format.rewriteText("FPS = 30\n", mapIgnoringCase("fps", 31)));
    }

    @Test
    public void messagesNameTheBrokenLineAndTheRemedy() {
        assertBroken("a = 1\nfps 30\n", "line 2: there is no '=' after 'fps'; write key = value");
        assertBroken("a = 1\n# x\nA = 2\n", "line 3: 'A' is already set in line 1");
        assertBroken("a b = 1\n", "line 1: a key has letters, digits");
        assertBroken("a = [\"x\" \"y\"]\n", "line 1: the value of 'a' is not complete: a list needs a comma");
        assertBroken("a = [\"x\",\n", "line 1: the value of 'a' is not complete: the closing ] is missing");
        assertBroken("a = \"x\n", "the closing \" is missing");
        assertBroken("a = \"x\" y\n", "there is more text after the closing \"");
        assertBroken("a = [1,,2]\n", "a value is missing in the list");
        assertBroken("= 1\n", "line 1: there is no '='");
    }

    @Test
    public void messagesAboutBrokenLinesNeverShowPossibleSecrets() {
        for (String text : List.of("password hunter2\n", "password: hunter2\n", "password = \"hunter2\n", "my password = hunter2\n", "password = [hunter2\n")) {
            String message = assertThrows(text, BrokenFileException.class, () -> format.parseText(text)).getMessage();
            assertFalse(message, message.contains("hunter2"));
        }
    }

    private void assertBroken(String text, String message) {
        String found = assertThrows(BrokenFileException.class, () -> format.parseText(text)).getMessage();
        assertEquals(found, true, found.contains(message));
    }

    private static Map<String, Object> mapIgnoringCase(String key, Object value) {
        Map<String, Object> map = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put(key, value);
        return map;
    }
}
