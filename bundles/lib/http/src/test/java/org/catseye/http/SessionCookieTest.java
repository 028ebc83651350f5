package org.catseye.http;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Set;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
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

    @Test
    public void eachBasePathHasItsOwnCookie() {
        assertEquals("catseye-session.a.b=abc; Path=/a/b; HttpOnly; SameSite=Strict", setCookie(below("/a/b", "POST")));
        assertEquals("catseye-session.a.b=; Path=/a/b; HttpOnly; SameSite=Strict; Max-Age=0", removeCookie(below("/a/b", "DELETE")));
        String both = "catseye-session.kvm=below; catseye-session=root";
        assertEquals("the one of the root counts there only", Set.of("below"), readTokensBelow("/kvm", both));
        assertEquals(Set.of("root"), readTokens(both));
        assertEquals(Set.of(), readTokensBelow("/other", both));
    }

    private static FakeExchange below(String basePath, String method) {
        return new FakeExchange(method, "/x").attribute(WebContext.BASE_PATH, basePath);
    }

    private static Set<String> readTokens(String... cookies) {
        return readTokensBelow("", cookies);
    }

    private static Set<String> readTokensBelow(String basePath, String... cookies) {
        return SessionCookie.readTokens(name -> name.equals("Cookie") ? List.of(cookies) : List.of(), basePath);
    }
}
