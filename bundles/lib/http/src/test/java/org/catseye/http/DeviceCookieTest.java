package org.catseye.http;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Optional;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.junit.Test;

public class DeviceCookieTest {

    private static String setCookie(FakeExchange exchange, String token) {
        DeviceCookie.setToken(exchange.request(), exchange.response(), token);
        return exchange.sent("Set-Cookie");
    }

    @Test
    public void theCookieLivesLongAndIsOutOfReachOfScriptsAndOtherSites() {
        assertEquals("catseye-device=a.b; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=31536000", setCookie(new FakeExchange("POST", "/x").overTls(), "a.b"));
        assertEquals("catseye-device.kvm=a.b; Path=/kvm; HttpOnly; SameSite=Strict; Max-Age=31536000",
            setCookie(new FakeExchange("POST", "/x").attribute(WebContext.BASE_PATH, "/kvm"), "a.b"));
        assertEquals("no token, no cookie", "", setCookie(new FakeExchange("POST", "/x"), ""));
    }

    @Test
    public void severalDifferentTokensAreNone() {
        assertEquals(Optional.of("a.b"), readToken("catseye-session=s; catseye-device=a.b", "catseye-device=a.b"));
        assertEquals(Optional.empty(), readToken("catseye-device=a.b; catseye-device=c.d"));
        assertEquals(Optional.empty(), readToken("catseye-session=s"));
    }

    private static Optional<String> readToken(String... cookies) {
        return DeviceCookie.readToken(name -> List.of(cookies), "");
    }
}
