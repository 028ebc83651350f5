package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import org.junit.Test;

public class MarkupTest {

    private static boolean escapes(String html) {
        Markup markup = new Markup(html);
        return !markup.escapes("zq7").isEmpty() || !markup.scriptsWith("zq7").isEmpty();
    }

    @Test
    public void whatABrowserWouldRunIsFound() {
        for (String bad : List.of("<form action='/x/'><zq7 onclick=zq7()>'>", "<p a=\"\"onclick=\"zq7()\">", "<a href=' javascript:zq7()'>", "<p title=x onload=zq7()>", "<script>zq7()</script>",
                "<script>a='';zq7();''</script>", "<textarea></textarea><zq7>", "<script>'</script><zq7>'</script>", "<!-- --><zq7 -->", "<p zq7=''>", "<p/onx=zq7>")) {
            assertEquals(bad, true, escapes(bad));
        }
    }

    @Test
    public void whatItWouldShowIsNot() {
        for (String good : List.of("<p title='<zq7 onclick=zq7()>'>", "&lt;zq7>", "<textarea><zq7></textarea>", "<script>var a = '<zq7 onclick=zq7()>';</script>", "<!-- <zq7> -->", "<a href='/zq7'>",
                "<a href='/x?javascript:zq7()'>", "a < zq7 > b", "<script src='/zq7'></script>", "<p title=zq7")) {
            assertFalse(good, escapes(good));
        }
    }
}
