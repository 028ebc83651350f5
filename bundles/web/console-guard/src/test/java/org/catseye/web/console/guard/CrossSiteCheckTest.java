package org.catseye.web.console.guard;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.RequestHead;
import org.junit.Test;

public class CrossSiteCheckTest {

    /** Behaves like the gate: it refuses a change by a page of another origin, and sends HTML to a navigating browser. */
    private final RequestGuard gate = new RequestGuard() {
        @Override
        public Verdict judgeRequest(RequestHead ask) {
            boolean foreign = !ask.method().equals("GET") && !ask.headers().apply("Origin").equals(List.of("http://kvm.local:8080"));
            return new Verdict(Optional.empty(), foreign ? Optional.of(new Refusal(403, "wrong_origin", "", "")) : Optional.empty(), false);
        }

        @Override
        public Refusal refuseWithoutSession(RequestHead ask) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isKnownClient(String peer, Function<String, List<String>> headers) {
            return false;
        }

        @Override
        public Client identifyClient(String peer, Function<String, List<String>> headers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isProxy(String peer) {
            throw new UnsupportedOperationException();
        }
    };
    private final CrossSiteCheck check = new CrossSiteCheck(gate);

    private boolean isForeign(String name, String value) {
        return check.isForeign(new RequestHead("GET", false, "/system/console/bundles", asked -> asked.equals(name) ? List.of(value) : List.of()));
    }

    @Test
    public void theBrowserSaysFromWhereARequestComes() {
        assertFalse(isForeign("Sec-Fetch-Site", "same-origin"));
        assertFalse("typed by the user", isForeign("Sec-Fetch-Site", "none"));
        for (String site : List.of("cross-site", "same-site", "CROSS-SITE", "", "something new")) {
            assertTrue(site, isForeign("Sec-Fetch-Site", site));
        }
    }

    @Test
    public void withoutThatTheRefererCounts() {
        assertFalse(isForeign("Referer", "http://kvm.local:8080/system/console/bundles"));
        for (String referer : List.of("http://evil.example/", "https://kvm.local:8080/", "http://kvm.local:8081/", "http://kvm.local:8080.evil.example/", "about:blank", "%%%", "", "//kvm.local:8080/")) {
            assertTrue(referer, isForeign("Referer", referer));
        }
    }

    @Test
    public void aProgramSendsNeither() {
        assertFalse(isForeign("Accept", "*/*"));
    }

    @Test
    public void whoeverFollowsALinkGetsAPageThatLeadsToTheConsolesBeginning() {
        FakeExchange exchange = new FakeExchange("GET", "/system/console/evil?a=b").header("Accept", "text/html");
        assertNull(check.refuse(ask(exchange), exchange.response()));
        assertEquals(403, exchange.status());
        assertTrue(exchange.text(), exchange.text().contains("href=\"/system/console\">Open the web console<"));
        assertFalse("nothing of the request", exchange.text().contains("evil"));
        assertTrue(exchange.response().isCommitted());
    }

    @Test
    public void scriptsAndImagesGetJson() {
        FakeExchange exchange = new FakeExchange("GET", "/system/console/bundles");
        assertNull(check.refuse(ask(exchange), exchange.response()));
        assertTrue(exchange.text(), exchange.text().contains("\"cross_site\""));
    }

    private static RequestHead ask(FakeExchange exchange) {
        return new RequestHead("GET", false, exchange.request().getRequestURI(), name -> java.util.Collections.list(exchange.request().getHeaders(name)));
    }
}
