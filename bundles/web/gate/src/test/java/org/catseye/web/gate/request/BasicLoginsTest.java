package org.catseye.web.gate.request;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.catseye.access.Session;
import org.catseye.http.RequestRefusedException;
import org.catseye.testkit.FakeAccess;
import org.junit.Test;

public class BasicLoginsTest {

    private final FakeAccess access = new FakeAccess();
    private long nanos;
    private final BasicLogins logins = new BasicLogins(access, () -> nanos);

    private static Function<String, List<String>> basic(String pair) {
        String value = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return name -> name.equals("Authorization") ? List.of(value) : List.of();
    }

    private Session logIn(String pair) throws RequestRefusedException {
        return logins.logIn(basic(pair), "192.0.2.9").orElseThrow();
    }

    @Test
    public void aLoginLastsSomeMinutesThenItsSessionEnds() throws RequestRefusedException {
        Session first = logIn("bob:tulips");
        nanos += BasicLogins.LIFETIME_NANOS - 1;
        assertEquals(first, logIn("bob:tulips"));
        nanos += 1;
        assertTrue(logins.findSession(basic("bob:tulips")).isEmpty());
        assertNotEquals(first, logIn("bob:tulips"));
        assertFalse("a client that asks once in a while has one session", first.valid());
        logIn("ann:roses");
        assertEquals(3, access.calls().size());
    }

    @Test
    public void theSessionOfAnExpiredLoginDoesNotStay() throws RequestRefusedException {
        Session first = logIn("bob:tulips");
        nanos += BasicLogins.LIFETIME_NANOS;
        logIn("ann:roses");
        assertFalse(first.valid());
    }

    @Test
    public void aRevokedSessionIsNotUsedAgain() throws RequestRefusedException {
        Session first = logIn("bob:tulips");
        access.logout(first);
        assertTrue(logins.findSession(basic("bob:tulips")).isEmpty());
        assertTrue(logIn("bob:tulips").valid());
    }

    @Test
    public void anotherPasswordIsCheckedByItself() throws RequestRefusedException {
        logIn("bob:tulips");
        assertTrue(logins.findSession(basic("bob:roses")).isEmpty());
        assertTrue(logins.findSession(basic("ann:tulips")).isEmpty());
    }

    @Test
    public void onlySomeLoginsAreKept() throws RequestRefusedException {
        Session first = logIn("user:0");
        for (int i = 1; i <= BasicLogins.MAX_LOGINS; i++) {
            logIn("user:" + i);
        }
        assertFalse(first.valid());
        assertTrue(logins.findSession(basic("user:1")).isPresent());
    }

    @Test
    public void allEndWithTheBundle() throws RequestRefusedException {
        Session session = logIn("bob:tulips");
        logins.close();
        assertFalse(session.valid());
    }
}
