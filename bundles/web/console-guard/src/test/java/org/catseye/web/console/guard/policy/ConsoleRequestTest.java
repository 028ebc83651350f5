package org.catseye.web.console.guard.policy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.catseye.testkit.web.FakeExchange;
import org.junit.Test;

public class ConsoleRequestTest {

    private static String parameter(String name, String value) {
        String query = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new ConsoleRequest(new FakeExchange("GET", "/system/console/configMgr?" + query).request()).getParameter(name);
    }

    @Test
    public void theWayBackLeadsToAPageOfTheConsoleOnly() {
        assertEquals("/system/console/components/12", parameter("referer", "/system/console/components/12"));
        for (String bad : List.of("</script><img src=x onerror=a()>", "javascript:a()", "//evil.example/", "http://evil.example/system/console", "/system/console/'", "/system/console/x?a=b", "/system/console//x", "")) {
            assertNull(bad, parameter("referer", bad));
        }
        assertEquals("(a<=b)", parameter("filter", "(a<=b)"));
    }
}
