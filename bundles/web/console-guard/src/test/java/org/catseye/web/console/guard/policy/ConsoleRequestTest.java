package org.catseye.web.console.guard.policy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.catseye.testkit.web.FakeExchange;
import org.junit.Test;

public class ConsoleRequestTest {

    private static String parameter(String name, String value) {
        String query = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new ConsoleRequest(new FakeExchange("GET", "/system/console/configMgr?" + query).request(), "").getParameter(name);
    }

    @Test
    public void theWayBackLeadsToAPageOfTheConsoleOnly() {
        assertEquals("/system/console/components/12", parameter("referer", "/system/console/components/12"));
        for (String bad : List.of("</script><img src=x onerror=a()>", "javascript:a()", "//evil.example/", "http://evil.example/system/console", "/system/console/'", "/system/console/x?a=b", "/system/console//x", "")) {
            assertNull(bad, parameter("referer", bad));
        }
        assertEquals("(a<=b)", parameter("filter", "(a<=b)"));
    }

    @Test
    public void allAddressesBeginWithTheBasePath() {
        FakeExchange exchange = new FakeExchange("GET", "/system/console/configMgr?referer=/kvm/system/console/bundles&x=/system/console/bundles").inContext("/system/console");
        ConsoleRequest request = new ConsoleRequest(exchange.request(), "/kvm");
        assertEquals("/kvm/system/console", request.getContextPath());
        assertEquals("/kvm/system/console/configMgr", request.getRequestURI());
        assertEquals("/kvm/system/console/bundles", request.getParameter("referer"));
        assertEquals("/system/console/bundles", request.getParameter("x"));
        for (String bad : List.of("/system/console", "/kvm", "/kvm//evil.example", "/kvmx/system/console", "/kvm/kvm/system/console")) {
            assertNull(bad, new ConsoleRequest(new FakeExchange("GET", "/x?referer=" + bad).request(), "/kvm").getParameter("referer"));
        }
    }

    @Test
    public void theWholeAddressHasTheBasePathAfterTheHost() {
        HttpServletRequest inside = new HttpServletRequestWrapper(new FakeExchange("GET", "/system/console/x").request()) {
            @Override
            public StringBuffer getRequestURL() {
                return new StringBuffer("https://kvm.example.org:8443/system/console/x");
            }
        };
        assertEquals("https://kvm.example.org:8443/kvm/system/console/x", new ConsoleRequest(inside, "/kvm").getRequestURL().toString());
        assertEquals("https://kvm.example.org:8443/system/console/x", new ConsoleRequest(inside, "").getRequestURL().toString());
    }
}
