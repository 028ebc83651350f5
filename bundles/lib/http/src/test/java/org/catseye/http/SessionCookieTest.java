package org.catseye.http;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Set;
import org.catseye.testkit.web.FakeExchange;
import org.junit.Test;

public class SessionCookieTest {

    private static String setCookie(FakeExchange exchange) {
        SessionCookie.setToken(exchange.request(), exchange.response(), "abc");
        return exchange.sent("Set-Cookie");
    }

    private static String removeCookie(FakeExchange exchange) {
        SessionCookie.removeToken(exchange.request(), exchange.response());
        return exchange.sent("Set-Cookie");
    }

    @Test
    public void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        assertEquals("catseye-session=abc; Path=/; HttpOnly; SameSite=Strict", setCookie(new FakeExchange("POST", "/x")));
        assertEquals("catseye-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure", setCookie(new FakeExchange("POST", "/x").overTls()));
    }

    @Test
    public void theCookieIsRemovedWithTheAttributesThatItWasSetWith() {
        assertEquals("catseye-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", removeCookie(new FakeExchange("DELETE", "/x")));
        assertEquals("catseye-session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0", removeCookie(new FakeExchange("DELETE", "/x").overTls()));
    }

    @Test
    public void allDifferentTokensAreRead() {
        assertEquals(Set.of("good"), readTokens("a=b; catseye-session=good ; c", "catseye-session=good"));
        assertEquals(Set.of("good", "other"), readTokens("catseye-session=good; catseye-session=other"));
        assertEquals(Set.of(), readTokens("xcatseye-session=good; catseye-session", ""));
    }

    private static Set<String> readTokens(String... cookies) {
        return SessionCookie.readTokens(name -> name.equals("Cookie") ? List.of(cookies) : List.of());
    }
}
