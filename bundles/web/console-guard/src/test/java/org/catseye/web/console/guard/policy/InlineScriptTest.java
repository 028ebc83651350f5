package org.catseye.web.console.guard.policy;

import static org.junit.Assert.assertEquals;

import java.util.List;
import org.junit.Test;

public class InlineScriptTest {

    private static List<String> texts(String html) {
        return InlineScript.of(html).stream().map(InlineScript::text).toList();
    }

    @Test
    public void scriptsWithoutASourceAreFound() {
        assertEquals(List.of("one", "two > 1", ""), texts("<p><script>one</script><SCRIPT type='a>b' >two > 1</Script ><script src=\"/a.js\"></script><script></script>"));
        assertEquals("scripture is none", List.of(), texts("<scripture>one</scripture><script"));
        assertEquals("without an end", List.of(), texts("<script>one"));
        assertEquals("a source in any spelling", List.of(), texts("<script\nSRC = x>one</script><script/src=x>two</script>"));
    }

    @Test
    public void linesEndAsABrowserReadsThem() {
        assertEquals(List.of("a\nb\nc"), texts("<script>a\r\nb\rc</script>"));
    }

    @Test
    public void theHashIsWhatAPolicyAsksFor() {
        // The example in W3C Content Security Policy Level 3, section 8.3.
        assertEquals("sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=", new InlineScript("alert('Hello, world.');").hash());
    }

    @Test
    public void aTagOfManyQuotesIsReadToItsEnd() {
        assertEquals(List.of("x"), texts("<script " + "a=''".repeat(100_000) + ">x</script>"));
    }
}
