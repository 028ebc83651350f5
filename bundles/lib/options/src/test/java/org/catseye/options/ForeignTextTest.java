package org.catseye.options;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class ForeignTextTest {

    @Test
    public void anyTextBecomesOneLine() {
        assertEquals("one two three", ForeignText.shorten("  one\r\n\ttwo \u001b\u0085 three\u2028", 100));
        assertEquals("no change of the direction", "user moc.elpmaxe", ForeignText.shorten("user \u202emoc.elpmaxe\u202c", 100));
        assertEquals("", ForeignText.shorten("\n", 100));
    }

    @Test
    public void aLongTextIsCut() {
        assertEquals("abcde", ForeignText.shorten("abcde", 5));
        assertEquals("abcde...", ForeignText.shorten("abcdef", 5));
    }
}
