package org.catseye.web.console.guard.policy;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

public class ScriptTemplateTest {

    private static final String TEMPLATE = "\n// <![CDATA[\nvar data = ${__data__};\nvar root = '${appRoot}/${label}'; // \"it's\"\nvar title = \"${title}\";\n// ]]>\n";

    private static boolean matches(String template, String script) {
        return ScriptTemplate.of(new InlineScript(template)).orElseThrow().matches(new InlineScript(script));
    }

    private static String filled(String data, String root, String title) {
        return TEMPLATE.replace("${__data__}", data).replace("${appRoot}/${label}", root).replace("${title}", title);
    }

    @Test
    public void aScriptThatIsFilledInWithDataIsKnown() {
        for (String data : List.of("[]", "{}", "null", "true", "-1.5e3", "\"\"", "{\"a\": [1, {\"b\":\"c\\\"d<\\/script>\"}]}", "{'a':'x','b':[{'c':'d'},],}", "'it is'")) {
            assertTrue(data, matches(TEMPLATE, filled(data, "/system/console/bundles", "It's a title")));
        }
        assertTrue(matches(TEMPLATE, filled("[]", "l\\'addresse", "say \\\"so\\\"")));
        assertTrue("without variables", matches("alert('a');", "alert('a');"));
    }

    @Test
    public void aValueThatIsMoreThanDataIsUnknown() {
        for (String data : List.of("alert(1)", "[alert(1)]", "{\"a\":alert(1)}", "{a:1}", "[];alert(1)", "\"a\"+alert(1)", "[1 2]", "[\"a]", "\"a\nb\"", "`a`", "", "01", "{\"a\"}",
                "{get a(){alert(1)}}", "{[alert(1)]:1}", "[".repeat(100) + "]".repeat(100))) {
            assertFalse(data, matches(TEMPLATE, filled(data, "/", "a")));
        }
    }

    @Test
    public void textThatEndsItsQuotesIsUnknown() {
        for (String text : List.of("';alert(1);'", "a\nb", "a\\\nb", "\\", "a'//", "a\u2028b", "a\0b")) {
            assertFalse(text, matches(TEMPLATE, filled("[]", text, "a")));
        }
        for (String text : List.of("\";alert(1);\"", "\\\\\";alert(1)//")) {
            assertFalse(text, matches(TEMPLATE, filled("[]", "/", text)));
        }
    }

    @Test
    public void otherTextIsUnknown() {
        String good = filled("[]", "/", "a");
        for (String bad : List.of("", "alert(1)", good + "alert(1)", "alert(1);" + good, good.replace("data", "date"), good.substring(1))) {
            assertFalse(bad, matches(TEMPLATE, bad));
        }
    }

    @Test
    public void aTemplateInWhichTheQuotesAreNotClearIsNone() {
        for (String template : List.of("var a = /'/; var b = ${b};", "var a = `${b}`;", "// ${b}\n", "/* ${b} */", "a = 4 / 2; b = '${b}'", "<!-- '\nvar b = ${b}", "var a = ${b")) {
            assertTrue(template, ScriptTemplate.of(new InlineScript(template)).isEmpty());
        }
    }
}
